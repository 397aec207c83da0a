-- +goose Up
-- How a district takes part: mode, cap (0: the activity's) and contact.
CREATE TABLE activity_districts (
  activity INTEGER NOT NULL REFERENCES activities (id),
  district INTEGER NOT NULL REFERENCES districts (id),
  mode     TEXT    NOT NULL,
  cap      INTEGER NOT NULL,
  contact  TEXT    NOT NULL,
  phone    TEXT    NOT NULL,
  PRIMARY KEY (activity, district)
) STRICT, WITHOUT ROWID;
