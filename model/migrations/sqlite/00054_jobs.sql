-- +goose Up
-- Long work: who asked for it, what it needs, how far it is, how it ended.
-- once names what there is only one of; instance is who runs it, 0 for nobody.
CREATE TABLE jobs (
  id       INTEGER NOT NULL PRIMARY KEY,
  account  INTEGER NOT NULL REFERENCES accounts (id),
  kind     TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  argument TEXT    NOT NULL,
  once     TEXT    NULL UNIQUE,
  state    TEXT    NOT NULL,
  stopping INTEGER NOT NULL,
  phase    TEXT    NOT NULL,
  done     INTEGER NOT NULL,
  total    INTEGER NOT NULL,
  result   TEXT    NOT NULL,
  file     TEXT    NOT NULL,
  media    TEXT    NOT NULL,
  problem  TEXT    NOT NULL,
  tries    INTEGER NOT NULL,
  instance INTEGER NOT NULL,
  added    INTEGER NOT NULL,
  started  INTEGER NOT NULL,
  beat     INTEGER NOT NULL,
  ended    INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_state ON jobs (state, added);
CREATE INDEX jobs_account ON jobs (account, added);
