-- +goose Up
-- An uploaded register between its preview and the yes to it.
CREATE TABLE uploads (
  id      INTEGER NOT NULL PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  name    TEXT    NOT NULL,
  added   INTEGER NOT NULL,
  data    BLOB    NOT NULL
) STRICT;
CREATE INDEX uploads_added ON uploads (added);
