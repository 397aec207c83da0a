-- +goose Up
-- Claims as before, but with a home's slots side by side: a response that
-- claims both bases then writes one page and not two.
CREATE TABLE claims_by_home (
  campaign INTEGER NOT NULL,
  project  INTEGER NOT NULL,
  claim    BLOB    NOT NULL,
  base     INTEGER NOT NULL,
  refused  INTEGER NOT NULL,
  PRIMARY KEY (campaign, project, claim, base)
) STRICT, WITHOUT ROWID;
