-- +goose Up
-- Communities 社区. The district is repeated so that a scope is one comparison.
CREATE TABLE communities (
  id          INTEGER NOT NULL PRIMARY KEY,
  district    INTEGER NOT NULL REFERENCES districts (id),
  subdistrict INTEGER NOT NULL REFERENCES subdistricts (id),
  name        TEXT    NOT NULL,
  name_key    TEXT    NOT NULL,
  position    INTEGER NOT NULL,
  UNIQUE (subdistrict, name_key)
) STRICT;
CREATE INDEX communities_district ON communities (district);
