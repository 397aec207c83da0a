-- +goose Up
-- A project that wants to take part in an activity, and how far it has come.
CREATE TABLE IF NOT EXISTS applications (
  activity   BIGINT                                            NOT NULL,
  project    BIGINT                                            NOT NULL,
  stage      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  statement  VARCHAR(2000)                                     NOT NULL,
  reason     VARCHAR(500)                                      NOT NULL,
  applied_by BIGINT                                            NOT NULL,
  applied_at BIGINT                                            NOT NULL,
  decided_by BIGINT                                            NOT NULL,
  decided_at BIGINT                                            NOT NULL,
  PRIMARY KEY (activity, project),
  FOREIGN KEY (activity) REFERENCES activities (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
