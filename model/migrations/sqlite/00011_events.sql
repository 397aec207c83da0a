-- +goose Up
-- The audit chain: hash is SHA-256 over previous and this row.
CREATE TABLE events (
  number   INTEGER NOT NULL PRIMARY KEY,
  at       INTEGER NOT NULL,
  actor    INTEGER NOT NULL,
  username TEXT    NOT NULL,
  action   TEXT    NOT NULL,
  object   TEXT    NOT NULL,
  reason   TEXT    NOT NULL,
  detail   TEXT    NOT NULL,
  previous TEXT    NOT NULL,
  hash     TEXT    NOT NULL
) STRICT;
