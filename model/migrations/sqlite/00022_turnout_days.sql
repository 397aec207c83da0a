-- +goose Up
-- Turnout by day (YYYYMMDD in Asia/Shanghai) and building group: a counter of
-- its own, so that no response needs a day.
CREATE TABLE turnout_days (
  campaign  INTEGER NOT NULL,
  project   INTEGER NOT NULL,
  grp       INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  responses INTEGER NOT NULL,
  PRIMARY KEY (campaign, project, grp, day)
) STRICT, WITHOUT ROWID;
