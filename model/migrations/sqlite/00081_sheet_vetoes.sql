-- +goose Up
-- Vetoes 6.2 to 6.6 as recorded, with their source.
CREATE TABLE sheet_vetoes (
  sheet    INTEGER NOT NULL REFERENCES sheets (id),
  item     TEXT    NOT NULL,
  state    TEXT    NOT NULL,
  document TEXT    NOT NULL,
  note     TEXT    NOT NULL,
  evidence INTEGER NOT NULL,
  account  INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (sheet, item)
) STRICT, WITHOUT ROWID;
