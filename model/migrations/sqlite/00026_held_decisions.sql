-- +goose Up
-- Which held responses a proposal is about; each is in one at a time.
CREATE TABLE held_decisions (
  campaign INTEGER NOT NULL,
  project  INTEGER NOT NULL,
  response INTEGER NOT NULL,
  proposal INTEGER NOT NULL REFERENCES proposals (id),
  PRIMARY KEY (campaign, project, response)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_decisions_proposal ON held_decisions (proposal);
