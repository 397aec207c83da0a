-- +goose Up
-- What was uploaded, in parts that fit into one packet of every server.
CREATE TABLE IF NOT EXISTS upload_parts (
  upload BIGINT     NOT NULL,
  part   BIGINT     NOT NULL,
  data   MEDIUMBLOB NOT NULL,
  PRIMARY KEY (upload, part)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
