-- +goose Up
-- Subdistricts 街道/乡镇.
CREATE TABLE IF NOT EXISTS subdistricts (
  id       BIGINT       NOT NULL PRIMARY KEY,
  district BIGINT       NOT NULL,
  name     VARCHAR(255) NOT NULL,
  name_key VARCHAR(255) NOT NULL,
  position BIGINT       NOT NULL,
  UNIQUE (district, name_key),
  FOREIGN KEY (district) REFERENCES districts (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
