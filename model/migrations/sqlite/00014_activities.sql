-- +goose Up
-- Activities 创建活动: a year's round.
CREATE TABLE activities (
  id   INTEGER NOT NULL PRIMARY KEY,
  year INTEGER NOT NULL,
  name TEXT    NOT NULL
) STRICT;
