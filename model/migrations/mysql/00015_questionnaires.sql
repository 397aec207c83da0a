-- +goose Up
-- Questionnaires 问卷 are immutable: a change is a new row. number is what a
-- response remembers.
CREATE TABLE IF NOT EXISTS questionnaires (
  id      BIGINT      NOT NULL PRIMARY KEY,
  number  BIGINT      NOT NULL UNIQUE,
  version VARCHAR(64) NOT NULL,
  data    MEDIUMTEXT  NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
