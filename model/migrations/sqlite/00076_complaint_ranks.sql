-- +goose Up
-- Places in a ranking that the city made elsewhere.
CREATE TABLE complaint_ranks (
  activity INTEGER NOT NULL REFERENCES activities (id),
  project  INTEGER NOT NULL REFERENCES projects (id),
  place    INTEGER NOT NULL,
  places   INTEGER NOT NULL,
  batch    INTEGER NOT NULL REFERENCES complaint_batches (id),
  PRIMARY KEY (activity, project)
) STRICT, WITHOUT ROWID;
