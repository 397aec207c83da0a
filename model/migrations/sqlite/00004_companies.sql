-- +goose Up
-- Property companies 物业企业.
CREATE TABLE companies (
  id       INTEGER NOT NULL PRIMARY KEY,
  name     TEXT    NOT NULL,
  name_key TEXT    NOT NULL UNIQUE
) STRICT;
