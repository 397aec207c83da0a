-- +goose Up
-- The projects of a snapshot.
CREATE TABLE IF NOT EXISTS sealed_projects (
  campaign BIGINT     NOT NULL,
  number   BIGINT     NOT NULL,
  project  BIGINT     NOT NULL,
  data     MEDIUMTEXT NOT NULL,
  PRIMARY KEY (campaign, number, project),
  FOREIGN KEY (campaign, number) REFERENCES snapshots (campaign, number),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
