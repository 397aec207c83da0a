-- +goose Up
-- What was uploaded, in parts that fit into one packet of every server.
CREATE TABLE upload_parts (
  upload INTEGER NOT NULL,
  part   INTEGER NOT NULL,
  data   BLOB    NOT NULL,
  PRIMARY KEY (upload, part)
) STRICT, WITHOUT ROWID;
