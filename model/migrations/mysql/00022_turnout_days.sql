-- +goose Up
-- Turnout by day (YYYYMMDD in Asia/Shanghai) and building group: a counter of
-- its own, so that no response needs a day.
CREATE TABLE IF NOT EXISTS turnout_days (
  campaign  BIGINT NOT NULL,
  project   BIGINT NOT NULL,
  grp       INT    NOT NULL,
  day       INT    NOT NULL,
  responses BIGINT NOT NULL,
  PRIMARY KEY (campaign, project, grp, day)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
