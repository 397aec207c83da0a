-- +goose Up
-- Posters 海报: a code at a building.
CREATE TABLE posters (
  code     TEXT    NOT NULL PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  project  INTEGER NOT NULL REFERENCES projects (id),
  building INTEGER NOT NULL REFERENCES buildings (id),
  retired  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX posters_enrolment ON posters (campaign, project, building);
