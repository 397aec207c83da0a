-- +goose Up
-- Corrections of sealed results that wait for a second person; the approval of
-- kind "correct" says who asked and why. data is JSON.
CREATE TABLE IF NOT EXISTS pending_corrections (
  campaign BIGINT     NOT NULL PRIMARY KEY,
  project  BIGINT     NOT NULL,
  data     MEDIUMTEXT NOT NULL,
  FOREIGN KEY (campaign) REFERENCES campaigns (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
