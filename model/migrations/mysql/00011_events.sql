-- +goose Up
-- The audit chain: hash is SHA-256 over previous and this row.
CREATE TABLE IF NOT EXISTS events (
  number   BIGINT                                            NOT NULL PRIMARY KEY,
  at       BIGINT                                            NOT NULL,
  actor    BIGINT                                            NOT NULL,
  username VARCHAR(64)                                       NOT NULL,
  action   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object   VARCHAR(255)                                      NOT NULL,
  reason   TEXT                                              NOT NULL,
  detail   MEDIUMTEXT                                        NOT NULL,
  previous VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hash     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
