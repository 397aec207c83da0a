-- +goose Up
-- One row: what only the master key of this database opens. Whoever starts
-- with another key is refused before the first campaign has one to unwrap.
CREATE TABLE key_checks (
  id      INTEGER NOT NULL PRIMARY KEY,
  wrapped BLOB    NOT NULL
) STRICT;
