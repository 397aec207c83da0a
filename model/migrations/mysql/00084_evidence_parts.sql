-- +goose Up
-- The bytes of a file, in parts.
CREATE TABLE IF NOT EXISTS evidence_parts (
  evidence BIGINT     NOT NULL,
  part     BIGINT     NOT NULL,
  data     MEDIUMBLOB NOT NULL,
  PRIMARY KEY (evidence, part),
  FOREIGN KEY (evidence) REFERENCES evidence (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
