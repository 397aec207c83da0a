-- +goose Up
-- The emblem in the corner of a campaign's posters, as PNG.
CREATE TABLE emblems (
  campaign INTEGER NOT NULL PRIMARY KEY REFERENCES campaigns (id),
  png      BLOB    NOT NULL
) STRICT;
