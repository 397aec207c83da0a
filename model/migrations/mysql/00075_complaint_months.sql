-- +goose Up
-- Monthly totals of valid complaints: project × month (202307).
CREATE TABLE IF NOT EXISTS complaint_months (
  project    BIGINT NOT NULL,
  month      BIGINT NOT NULL,
  complaints BIGINT NOT NULL,
  batch      BIGINT NOT NULL,
  PRIMARY KEY (project, month),
  FOREIGN KEY (project) REFERENCES projects (id),
  FOREIGN KEY (batch) REFERENCES complaint_batches (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
