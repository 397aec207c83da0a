-- +goose Up
-- A project that wants to take part in an activity, and how far it has come.
CREATE TABLE applications (
  activity   INTEGER NOT NULL REFERENCES activities (id),
  project    INTEGER NOT NULL REFERENCES projects (id),
  stage      TEXT    NOT NULL,
  statement  TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  applied_by INTEGER NOT NULL,
  applied_at INTEGER NOT NULL,
  decided_by INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (activity, project)
) STRICT, WITHOUT ROWID;
