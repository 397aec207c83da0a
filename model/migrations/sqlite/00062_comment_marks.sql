-- +goose Up
-- What staff decided about comments: mark "hidden", with the reason (masked)
-- and, with comment 0, "released": the company reads those of its project. Who
-- wrote a comment is not known here either.
CREATE TABLE comment_marks (
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  project  INTEGER NOT NULL REFERENCES projects (id),
  mark     TEXT    NOT NULL,
  comment  INTEGER NOT NULL,
  reason   TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  account  INTEGER NOT NULL,
  PRIMARY KEY (campaign, project, mark, comment)
) STRICT, WITHOUT ROWID;
