-- +goose Up
-- What a third party says of its interest in a project it shall mark.
CREATE TABLE declarations (
  activity INTEGER NOT NULL REFERENCES activities (id),
  project  INTEGER NOT NULL REFERENCES projects (id),
  account  INTEGER NOT NULL,
  interest INTEGER NOT NULL,
  note     TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (activity, project, account)
) STRICT, WITHOUT ROWID;
