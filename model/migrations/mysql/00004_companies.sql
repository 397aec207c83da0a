-- +goose Up
-- Property companies 物业企业.
CREATE TABLE IF NOT EXISTS companies (
  id       BIGINT       NOT NULL PRIMARY KEY,
  name     VARCHAR(255) NOT NULL,
  name_key VARCHAR(255) NOT NULL UNIQUE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
