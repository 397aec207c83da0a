-- +goose Up
-- Enrolments likewise: the frozen buildings make their rows long.
CREATE TABLE enrolments_by_row (
  campaign    INTEGER NOT NULL REFERENCES campaigns (id),
  project     INTEGER NOT NULL REFERENCES projects (id),
  tag         INTEGER NOT NULL UNIQUE,
  households  INTEGER,
  occupied    INTEGER,
  group_homes TEXT    NOT NULL,
  buildings   TEXT    NOT NULL,
  PRIMARY KEY (campaign, project)
) STRICT;
