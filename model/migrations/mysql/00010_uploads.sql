-- +goose Up
-- An uploaded register between its preview and the yes to it.
CREATE TABLE IF NOT EXISTS uploads (
  id      BIGINT       NOT NULL PRIMARY KEY,
  account BIGINT       NOT NULL,
  name    VARCHAR(255) NOT NULL,
  added   BIGINT       NOT NULL,
  KEY uploads_added (added),
  FOREIGN KEY (account) REFERENCES accounts (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
