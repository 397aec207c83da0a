-- +goose Up
-- Half points that a party gives to an item.
CREATE TABLE marks (
  sheet   INTEGER NOT NULL REFERENCES sheets (id),
  item    TEXT    NOT NULL,
  party   TEXT    NOT NULL,
  points  INTEGER NOT NULL,
  note    TEXT    NOT NULL,
  account INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (sheet, item, party)
) STRICT, WITHOUT ROWID;
