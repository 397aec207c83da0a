-- +goose Up
-- Themes by which comments are sorted, as JSON: the city's own (owner 0) or a
-- district's. Who has none reads by the city's, and else by the default.
-- version counts what was saved.
CREATE TABLE IF NOT EXISTS lexicons (
  owner   BIGINT     NOT NULL PRIMARY KEY,
  version BIGINT     NOT NULL,
  data    MEDIUMTEXT NOT NULL,
  at      BIGINT     NOT NULL,
  account BIGINT     NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
