-- +goose Up
-- The file that came of a job, in parts that fit into one packet of every server.
CREATE TABLE IF NOT EXISTS job_parts (
  job  BIGINT     NOT NULL,
  part BIGINT     NOT NULL,
  data MEDIUMBLOB NOT NULL,
  PRIMARY KEY (job, part)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
