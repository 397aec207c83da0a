-- +goose Up
-- Proposals to release (or exclude) held responses of one project.
CREATE TABLE proposals (
  id       INTEGER NOT NULL PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  project  INTEGER NOT NULL REFERENCES projects (id),
  release  INTEGER NOT NULL,
  reason   TEXT    NOT NULL,
  asked_by INTEGER NOT NULL,
  asked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX proposals_campaign ON proposals (campaign, project);
