-- +goose Up
-- Subdistricts 街道/乡镇.
CREATE TABLE subdistricts (
  id       INTEGER NOT NULL PRIMARY KEY,
  district INTEGER NOT NULL REFERENCES districts (id),
  name     TEXT    NOT NULL,
  name_key TEXT    NOT NULL,
  position INTEGER NOT NULL,
  UNIQUE (district, name_key)
) STRICT;
