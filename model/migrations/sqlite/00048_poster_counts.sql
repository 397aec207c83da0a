-- +goose Up
-- What posters were used for: counters of their own, because they are written
-- all the time. No response knows its poster, and of the last visit only the
-- day (YYYYMMDD in Asia/Shanghai, 0: never) is kept.
CREATE TABLE poster_counts (
  code        TEXT    NOT NULL PRIMARY KEY,
  opens       INTEGER NOT NULL,
  answers     INTEGER NOT NULL,
  last_opened INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
