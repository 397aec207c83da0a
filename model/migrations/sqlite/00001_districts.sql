-- +goose Up
-- Districts 区. position is the order in which the register first names them.
CREATE TABLE districts (
  id       INTEGER NOT NULL PRIMARY KEY,
  name     TEXT    NOT NULL,
  name_key TEXT    NOT NULL UNIQUE,
  position INTEGER NOT NULL
) STRICT;
