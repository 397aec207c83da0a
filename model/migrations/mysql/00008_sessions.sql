-- +goose Up
-- Sessions of signed-in staff, under the hash of their token.
CREATE TABLE IF NOT EXISTS sessions (
  token   VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  data    MEDIUMBLOB                                         NOT NULL,
  expires BIGINT                                             NOT NULL,
  KEY sessions_expires (expires)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
