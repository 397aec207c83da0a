-- +goose Up
-- The sheet of a project in an activity: which sealed result 1.1 and 6.1 read
-- (campaign 0: none yet) and what 3.2 rests on, in fen (due 0: nothing yet).
CREATE TABLE sheets (
  id            INTEGER NOT NULL PRIMARY KEY,
  activity      INTEGER NOT NULL REFERENCES activities (id),
  project       INTEGER NOT NULL REFERENCES projects (id),
  revision      INTEGER NOT NULL,
  campaign      INTEGER NOT NULL,
  snapshot      INTEGER NOT NULL,
  read_by       INTEGER NOT NULL,
  read_at       INTEGER NOT NULL,
  paid          INTEGER NOT NULL,
  due           INTEGER NOT NULL,
  fees_document TEXT    NOT NULL,
  fees_by       INTEGER NOT NULL,
  fees_at       INTEGER NOT NULL,
  UNIQUE (activity, project)
) STRICT;
