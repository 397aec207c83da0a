-- +goose Up
-- Corrections of sealed results that wait for a second person; the approval of
-- kind "correct" says who asked and why. data is JSON.
CREATE TABLE pending_corrections (
  campaign INTEGER NOT NULL PRIMARY KEY REFERENCES campaigns (id),
  project  INTEGER NOT NULL REFERENCES projects (id),
  data     TEXT    NOT NULL
) STRICT;
