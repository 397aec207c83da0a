-- +goose Up
-- Half points on which a difference between assessors was settled.
CREATE TABLE settlements (
  sheet   INTEGER NOT NULL REFERENCES sheets (id),
  item    TEXT    NOT NULL,
  points  INTEGER NOT NULL,
  reason  TEXT    NOT NULL,
  account INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (sheet, item)
) STRICT, WITHOUT ROWID;
