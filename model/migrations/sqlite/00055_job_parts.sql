-- +goose Up
-- The file that came of a job, in parts that fit into one packet of every server.
CREATE TABLE job_parts (
  job  INTEGER NOT NULL,
  part INTEGER NOT NULL,
  data BLOB    NOT NULL,
  PRIMARY KEY (job, part)
) STRICT, WITHOUT ROWID;
