-- +goose Up
-- Campaigns 调查轮次. owner 0 is the city. secret is the campaign's key,
-- wrapped by the master key; NULL before opening and after sealing. enrolled
-- is the number of enrolments, which a city has 8,000 of.
CREATE TABLE campaigns (
  id                 INTEGER NOT NULL PRIMARY KEY,
  activity           INTEGER NOT NULL REFERENCES activities (id),
  name               TEXT    NOT NULL,
  owner              INTEGER NOT NULL,
  stage              TEXT    NOT NULL,
  admission          TEXT    NOT NULL,
  feedback           INTEGER NOT NULL,
  opens              INTEGER NOT NULL,
  closes             INTEGER NOT NULL,
  questionnaire      INTEGER NOT NULL REFERENCES questionnaires (id),
  margin_full        INTEGER NOT NULL,
  margin_provisional INTEGER NOT NULL,
  asker              TEXT    NOT NULL,
  phone              TEXT    NOT NULL,
  demonstration      INTEGER NOT NULL,
  added              INTEGER NOT NULL,
  enrolled           INTEGER NOT NULL,
  secret             BLOB
) STRICT;
CREATE INDEX campaigns_due ON campaigns (stage, closes);
