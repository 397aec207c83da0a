-- +goose Up
-- Proposals to release (or exclude) held responses of one project.
CREATE TABLE IF NOT EXISTS proposals (
  id        BIGINT NOT NULL PRIMARY KEY,
  campaign  BIGINT NOT NULL,
  project   BIGINT NOT NULL,
  `release` BIGINT NOT NULL,
  reason    TEXT   NOT NULL,
  asked_by  BIGINT NOT NULL,
  asked_at  BIGINT NOT NULL,
  KEY proposals_campaign (campaign, project),
  FOREIGN KEY (campaign) REFERENCES campaigns (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
