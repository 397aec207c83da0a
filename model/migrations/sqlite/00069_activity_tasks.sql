-- +goose Up
-- What is to be done until when; district 0 is a task of the city. done_at is 0
-- until somebody has done it.
CREATE TABLE activity_tasks (
  id       INTEGER NOT NULL PRIMARY KEY,
  activity INTEGER NOT NULL REFERENCES activities (id),
  district INTEGER NOT NULL,
  title    TEXT    NOT NULL,
  due      INTEGER NOT NULL,
  done_at  INTEGER NOT NULL,
  done_by  INTEGER NOT NULL,
  added_by INTEGER NOT NULL,
  added    INTEGER NOT NULL
) STRICT;
