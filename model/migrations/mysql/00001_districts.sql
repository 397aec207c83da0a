-- +goose Up
-- Districts 区. position is the order in which the register first names them.
CREATE TABLE IF NOT EXISTS districts (
  id       BIGINT       NOT NULL PRIMARY KEY,
  name     VARCHAR(255) NOT NULL,
  name_key VARCHAR(255) NOT NULL UNIQUE,
  position BIGINT       NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
