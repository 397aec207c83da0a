-- +goose Up
-- The candidates of an activity that has a pool.
CREATE TABLE IF NOT EXISTS activity_pool (
  activity BIGINT NOT NULL,
  project  BIGINT NOT NULL,
  added_by BIGINT NOT NULL,
  added    BIGINT NOT NULL,
  PRIMARY KEY (activity, project),
  FOREIGN KEY (activity) REFERENCES activities (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
