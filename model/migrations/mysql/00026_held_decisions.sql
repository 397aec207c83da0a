-- +goose Up
-- Which held responses a proposal is about; each is in one at a time.
CREATE TABLE IF NOT EXISTS held_decisions (
  campaign BIGINT NOT NULL,
  project  BIGINT NOT NULL,
  response BIGINT NOT NULL,
  proposal BIGINT NOT NULL,
  PRIMARY KEY (campaign, project, response),
  KEY held_decisions_proposal (proposal),
  FOREIGN KEY (proposal) REFERENCES proposals (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
