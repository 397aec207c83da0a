-- +goose Up
-- Corrections of projects and buildings, line by line: what was changed after
-- it was first registered. number is that of the event. campaign and
-- building are 0 where there is none; a building may be gone since.
CREATE TABLE corrections (
  project       INTEGER NOT NULL REFERENCES projects (id),
  number        INTEGER NOT NULL,
  line          INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  actor         INTEGER NOT NULL,
  username      TEXT    NOT NULL,
  way           TEXT    NOT NULL,
  campaign      INTEGER NOT NULL,
  reason        TEXT    NOT NULL,
  building      INTEGER NOT NULL,
  building_name TEXT    NOT NULL,
  field         TEXT    NOT NULL,
  old_value     TEXT    NOT NULL,
  new_value     TEXT    NOT NULL,
  PRIMARY KEY (project, number, line)
) STRICT, WITHOUT ROWID;
