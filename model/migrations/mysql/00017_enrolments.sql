-- +goose Up
-- Enrolments: campaign × project. households is NULL until opening freezes N
-- per base, the building groups' homes and the buildings; the long column
-- comes last, so that standings never read it.
CREATE TABLE IF NOT EXISTS enrolments (
  campaign    BIGINT                                     NOT NULL,
  project     BIGINT                                     NOT NULL,
  tag         BIGINT                                     NOT NULL UNIQUE,
  households  BIGINT,
  occupied    BIGINT,
  group_homes TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buildings   MEDIUMTEXT                                 NOT NULL,
  PRIMARY KEY (campaign, project),
  KEY enrolments_project (project),
  FOREIGN KEY (campaign) REFERENCES campaigns (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
