-- +goose Up
-- Campaigns whose sealed results are public; snapshot is the latest one when
-- they were published.
CREATE TABLE publications (
  campaign     INTEGER NOT NULL PRIMARY KEY REFERENCES campaigns (id),
  at           INTEGER NOT NULL,
  published_by INTEGER NOT NULL,
  snapshot     INTEGER NOT NULL
) STRICT;
