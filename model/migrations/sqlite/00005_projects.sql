-- +goose Up
-- Projects 物业项目/小区. The places above the community are repeated so that
-- a scope is one comparison. households and occupied are N per base as the
-- register gives it; an enrolment freezes a copy.
CREATE TABLE projects (
  id          INTEGER NOT NULL PRIMARY KEY,
  register    TEXT    UNIQUE,
  name        TEXT    NOT NULL,
  name_key    TEXT    NOT NULL,
  district    INTEGER NOT NULL REFERENCES districts (id),
  subdistrict INTEGER NOT NULL REFERENCES subdistricts (id),
  community   INTEGER NOT NULL REFERENCES communities (id),
  company     INTEGER REFERENCES companies (id),
  phone       TEXT    NOT NULL,
  households  INTEGER NOT NULL,
  occupied    INTEGER,
  position    INTEGER NOT NULL
) STRICT;
CREATE INDEX projects_district ON projects (district, position);
CREATE INDEX projects_subdistrict ON projects (subdistrict);
CREATE INDEX projects_community ON projects (community, name_key);
CREATE INDEX projects_company ON projects (company);
CREATE INDEX projects_position ON projects (position);
