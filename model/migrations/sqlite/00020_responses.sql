-- +goose Up
-- Responses 答卷: nothing here leads to a household or to a moment. The id is
-- random and there is no rowid, which would keep the order of arrival.
-- No foreign keys on the resident tables: the save transaction has just read
-- the enrolment, and verify finds what has none.
CREATE TABLE responses (
  campaign   INTEGER NOT NULL,
  project    INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  bases      INTEGER NOT NULL,
  grp        INTEGER NOT NULL,
  lane       TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  version    INTEGER NOT NULL,
  answers    TEXT    NOT NULL,
  receipt    BLOB    NOT NULL,
  change_key BLOB    NOT NULL,
  PRIMARY KEY (campaign, project, id),
  UNIQUE (campaign, project, receipt)
) STRICT, WITHOUT ROWID;
