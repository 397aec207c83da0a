-- +goose Up
-- Comments, apart from responses: the id is an HMAC of the response's under
-- the campaign key, and when that is deleted nothing leads from one to the
-- other.
CREATE TABLE comments (
  campaign INTEGER NOT NULL,
  project  INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  text     TEXT    NOT NULL,
  PRIMARY KEY (campaign, project, id)
) STRICT, WITHOUT ROWID;
