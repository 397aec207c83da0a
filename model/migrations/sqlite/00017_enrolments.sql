-- +goose Up
-- Enrolments: campaign × project. households is NULL until opening freezes N
-- per base, the building groups' homes and the buildings; the long column
-- comes last, so that standings never read it.
CREATE TABLE enrolments (
  campaign    INTEGER NOT NULL REFERENCES campaigns (id),
  project     INTEGER NOT NULL REFERENCES projects (id),
  tag         INTEGER NOT NULL UNIQUE,
  households  INTEGER,
  occupied    INTEGER,
  group_homes TEXT    NOT NULL,
  buildings   TEXT    NOT NULL,
  PRIMARY KEY (campaign, project)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolments_project ON enrolments (project);
