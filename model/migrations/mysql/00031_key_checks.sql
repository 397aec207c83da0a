-- +goose Up
-- One row: what only the master key of this database opens. Whoever starts
-- with another key is refused before the first campaign has one to unwrap.
CREATE TABLE IF NOT EXISTS key_checks (
  id      BIGINT         NOT NULL PRIMARY KEY,
  wrapped VARBINARY(255) NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
