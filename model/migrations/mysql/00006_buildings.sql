-- +goose Up
-- Buildings 楼, in the register's order. units is NULL where it is not known.
CREATE TABLE IF NOT EXISTS buildings (
  id         BIGINT       NOT NULL PRIMARY KEY,
  project    BIGINT       NOT NULL,
  name       VARCHAR(255) NOT NULL,
  name_key   VARCHAR(255) NOT NULL,
  units      BIGINT,
  households BIGINT       NOT NULL,
  occupied   BIGINT,
  position   BIGINT       NOT NULL,
  UNIQUE (project, name_key),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
