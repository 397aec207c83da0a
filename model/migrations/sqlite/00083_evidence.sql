-- +goose Up
-- Notes and files behind the items of a sheet. Of a removed file the digest stays.
CREATE TABLE evidence (
  id      INTEGER NOT NULL PRIMARY KEY,
  sheet   INTEGER NOT NULL REFERENCES sheets (id),
  item    TEXT    NOT NULL,
  party   TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  name    TEXT    NOT NULL,
  media   TEXT    NOT NULL,
  size    INTEGER NOT NULL,
  digest  BLOB    NOT NULL,
  note    TEXT    NOT NULL,
  account INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  removal TEXT    NOT NULL
) STRICT;
