-- +goose Up
-- Activities 创建活动: a year's round.
CREATE TABLE IF NOT EXISTS activities (
  id   BIGINT       NOT NULL PRIMARY KEY,
  year BIGINT       NOT NULL,
  name VARCHAR(255) NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
