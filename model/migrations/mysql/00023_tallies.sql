-- +goose Up
-- Tallies 计票: one row of packed counters per enrolment, made at opening.
-- The shown copies are what district and city see before closing; changes
-- counts the responses of the base since its copy was made.
CREATE TABLE IF NOT EXISTS tallies (
  campaign         BIGINT     NOT NULL,
  project          BIGINT     NOT NULL,
  tally            MEDIUMBLOB NOT NULL,
  shown_owner      MEDIUMBLOB NOT NULL,
  shown_resident   MEDIUMBLOB NOT NULL,
  changes_owner    BIGINT     NOT NULL,
  changes_resident BIGINT     NOT NULL,
  refused          BIGINT     NOT NULL,
  PRIMARY KEY (campaign, project)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
