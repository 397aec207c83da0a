-- +goose Up
-- Questionnaires 问卷 are immutable: a change is a new row. number is what a
-- response remembers.
CREATE TABLE questionnaires (
  id      INTEGER NOT NULL PRIMARY KEY,
  number  INTEGER NOT NULL UNIQUE,
  version TEXT    NOT NULL,
  data    TEXT    NOT NULL
) STRICT;
