-- +goose Up
-- Posters 海报: a code at a building.
CREATE TABLE IF NOT EXISTS posters (
  code     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  campaign BIGINT                                            NOT NULL,
  project  BIGINT                                            NOT NULL,
  building BIGINT                                            NOT NULL,
  retired  BIGINT                                            NOT NULL,
  KEY posters_enrolment (campaign, project, building),
  FOREIGN KEY (campaign) REFERENCES campaigns (id),
  FOREIGN KEY (project) REFERENCES projects (id),
  FOREIGN KEY (building) REFERENCES buildings (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
