-- +goose Up
-- What companies promise to fix after the results were published: their own
-- version, and the copy of it that the district published, which is what
-- residents see. company and company_name are who promised, which may not be who
-- manages the project now. Days are YYYYMMDD in Asia/Shanghai, 0 for none; public_at is 0
-- where nothing is public; first_due is the due day as it was first published.
CREATE TABLE promises (
  id           INTEGER NOT NULL PRIMARY KEY,
  campaign     INTEGER NOT NULL REFERENCES campaigns (id),
  project      INTEGER NOT NULL REFERENCES projects (id),
  company      INTEGER NOT NULL,
  company_name TEXT    NOT NULL,
  added        INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  changed      INTEGER NOT NULL,
  text         TEXT    NOT NULL,
  due          INTEGER NOT NULL,
  done         INTEGER NOT NULL,
  done_note    TEXT    NOT NULL,
  returned     TEXT    NOT NULL,
  public_at    INTEGER NOT NULL,
  public_text  TEXT    NOT NULL,
  public_due   INTEGER NOT NULL,
  public_done  INTEGER NOT NULL,
  public_note  TEXT    NOT NULL,
  first_due    INTEGER NOT NULL
) STRICT;
CREATE INDEX promises_of_projects ON promises (campaign, project);
