-- +goose Up
-- What posters were used for: counters of their own, because they are written
-- all the time. No response knows its poster, and of the last visit only the
-- day (YYYYMMDD in Asia/Shanghai, 0: never) is kept.
CREATE TABLE IF NOT EXISTS poster_counts (
  code        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  opens       BIGINT                                            NOT NULL,
  answers     BIGINT                                            NOT NULL,
  last_opened INT                                               NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
