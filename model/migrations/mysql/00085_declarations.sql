-- +goose Up
-- What a third party says of its interest in a project it shall mark.
CREATE TABLE IF NOT EXISTS declarations (
  activity BIGINT       NOT NULL,
  project  BIGINT       NOT NULL,
  account  BIGINT       NOT NULL,
  interest BIGINT       NOT NULL,
  note     VARCHAR(500) NOT NULL,
  at       BIGINT       NOT NULL,
  PRIMARY KEY (activity, project, account),
  FOREIGN KEY (activity) REFERENCES activities (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
