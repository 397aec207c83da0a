-- +goose Up
-- The candidates of an activity that has a pool.
CREATE TABLE activity_pool (
  activity INTEGER NOT NULL REFERENCES activities (id),
  project  INTEGER NOT NULL REFERENCES projects (id),
  added_by INTEGER NOT NULL,
  added    INTEGER NOT NULL,
  PRIMARY KEY (activity, project)
) STRICT, WITHOUT ROWID;
