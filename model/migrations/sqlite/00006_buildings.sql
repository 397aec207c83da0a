-- +goose Up
-- Buildings 楼, in the register's order. units is NULL where it is not known.
CREATE TABLE buildings (
  id         INTEGER NOT NULL PRIMARY KEY,
  project    INTEGER NOT NULL REFERENCES projects (id),
  name       TEXT    NOT NULL,
  name_key   TEXT    NOT NULL,
  units      INTEGER,
  households INTEGER NOT NULL,
  occupied   INTEGER,
  position   INTEGER NOT NULL,
  UNIQUE (project, name_key)
) STRICT;
