-- +goose Up
-- The projects of a snapshot.
CREATE TABLE sealed_projects (
  campaign INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  project  INTEGER NOT NULL REFERENCES projects (id),
  data     TEXT    NOT NULL,
  PRIMARY KEY (campaign, number, project),
  FOREIGN KEY (campaign, number) REFERENCES snapshots (campaign, number)
) STRICT, WITHOUT ROWID;
