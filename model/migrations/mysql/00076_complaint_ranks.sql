-- +goose Up
-- Places in a ranking that the city made elsewhere.
CREATE TABLE IF NOT EXISTS complaint_ranks (
  activity BIGINT NOT NULL,
  project  BIGINT NOT NULL,
  place    BIGINT NOT NULL,
  places   BIGINT NOT NULL,
  batch    BIGINT NOT NULL,
  PRIMARY KEY (activity, project),
  FOREIGN KEY (activity) REFERENCES activities (id),
  FOREIGN KEY (project) REFERENCES projects (id),
  FOREIGN KEY (batch) REFERENCES complaint_batches (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
