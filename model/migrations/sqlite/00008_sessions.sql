-- +goose Up
-- Sessions of signed-in staff, under the hash of their token.
CREATE TABLE sessions (
  token   TEXT    NOT NULL PRIMARY KEY,
  data    BLOB    NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_expires ON sessions (expires);
