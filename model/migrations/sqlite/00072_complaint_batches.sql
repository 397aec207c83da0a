-- +goose Up
-- Files of complaints. covers_from and covers_to are months (202307) that a file
-- has all complaints of, for its district (0: the city); 0 where it says nothing.
-- removed is 0 until somebody took it back.
CREATE TABLE complaint_batches (
  id          INTEGER NOT NULL PRIMARY KEY,
  kind        TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  digest      BLOB    NOT NULL,
  document    TEXT    NOT NULL,
  district    INTEGER NOT NULL,
  covers_from INTEGER NOT NULL,
  covers_to   INTEGER NOT NULL,
  added       INTEGER NOT NULL,
  account     INTEGER NOT NULL,
  removed     INTEGER NOT NULL,
  removal     TEXT    NOT NULL
) STRICT;
