-- +goose Up
-- Monthly totals of valid complaints: project × month (202307).
CREATE TABLE complaint_months (
  project    INTEGER NOT NULL REFERENCES projects (id),
  month      INTEGER NOT NULL,
  complaints INTEGER NOT NULL,
  batch      INTEGER NOT NULL REFERENCES complaint_batches (id),
  PRIMARY KEY (project, month)
) STRICT, WITHOUT ROWID;
