-- +goose Up
-- The bytes of a file, in parts.
CREATE TABLE evidence_parts (
  evidence INTEGER NOT NULL REFERENCES evidence (id),
  part     INTEGER NOT NULL,
  data     BLOB    NOT NULL,
  PRIMARY KEY (evidence, part)
) STRICT, WITHOUT ROWID;
