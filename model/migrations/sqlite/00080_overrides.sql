-- +goose Up
-- Scores that two persons put in the place of what the machine set (machine).
-- confirmed_by is 0 until the second one has confirmed.
CREATE TABLE overrides (
  sheet        INTEGER NOT NULL REFERENCES sheets (id),
  item         TEXT    NOT NULL,
  points       INTEGER NOT NULL,
  reason       TEXT    NOT NULL,
  machine      TEXT    NOT NULL,
  asked_by     INTEGER NOT NULL,
  asked_at     INTEGER NOT NULL,
  confirmed_by INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL,
  PRIMARY KEY (sheet, item)
) STRICT, WITHOUT ROWID;
