-- +goose Up
-- Themes by which comments are sorted, as JSON: the city's own (owner 0) or a
-- district's. Who has none reads by the city's, and else by the default.
-- version counts what was saved.
CREATE TABLE lexicons (
  owner   INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  data    TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  account INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
