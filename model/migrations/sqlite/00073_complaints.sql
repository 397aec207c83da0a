-- +goose Up
-- The complaint log. project is 0 while nobody has said which one it is about,
-- dismissed says why it is about none.
CREATE TABLE complaints (
  id             INTEGER NOT NULL PRIMARY KEY,
  source         TEXT    NOT NULL,
  number         TEXT    NOT NULL,
  project        INTEGER NOT NULL,
  district       TEXT    NOT NULL,
  community      TEXT    NOT NULL,
  named          TEXT    NOT NULL,
  class          TEXT    NOT NULL,
  received       INTEGER NOT NULL,
  first_response INTEGER NOT NULL,
  resolved       INTEGER NOT NULL,
  reopened       INTEGER NOT NULL,
  valid          INTEGER NOT NULL,
  batch          INTEGER NOT NULL REFERENCES complaint_batches (id),
  dismissed      TEXT    NOT NULL,
  UNIQUE (source, number)
) STRICT;
