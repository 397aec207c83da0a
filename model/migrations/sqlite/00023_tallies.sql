-- +goose Up
-- Tallies 计票: one row of packed counters per enrolment, made at opening.
-- The shown copies are what district and city see before closing; changes
-- counts the responses of the base since its copy was made.
CREATE TABLE tallies (
  campaign         INTEGER NOT NULL,
  project          INTEGER NOT NULL,
  tally            BLOB    NOT NULL,
  shown_owner      BLOB    NOT NULL,
  shown_resident   BLOB    NOT NULL,
  changes_owner    INTEGER NOT NULL,
  changes_resident INTEGER NOT NULL,
  refused          INTEGER NOT NULL,
  PRIMARY KEY (campaign, project)
) STRICT, WITHOUT ROWID;
