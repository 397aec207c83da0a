-- +goose Up
-- Tallies as before, but with a rowid: of a table without one SQLite reads a
-- row that spills over its page whole for every key that it compares. The
-- rows are made at opening, so their order says nothing of any answer.
CREATE TABLE tallies_by_row (
  campaign         INTEGER NOT NULL,
  project          INTEGER NOT NULL,
  tally            BLOB    NOT NULL,
  shown_owner      BLOB    NOT NULL,
  shown_resident   BLOB    NOT NULL,
  changes_owner    INTEGER NOT NULL,
  changes_resident INTEGER NOT NULL,
  refused          INTEGER NOT NULL,
  PRIMARY KEY (campaign, project)
) STRICT;
