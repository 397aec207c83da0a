-- +goose Up
-- What staff decided about comments: mark "hidden", with the reason (masked)
-- and, with comment 0, "released": the company reads those of its project. Who
-- wrote a comment is not known here either.
CREATE TABLE IF NOT EXISTS comment_marks (
  campaign BIGINT                                            NOT NULL,
  project  BIGINT                                            NOT NULL,
  mark     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  comment  BIGINT                                            NOT NULL,
  reason   TEXT                                              NOT NULL,
  at       BIGINT                                            NOT NULL,
  account  BIGINT                                            NOT NULL,
  PRIMARY KEY (campaign, project, mark, comment),
  FOREIGN KEY (campaign) REFERENCES campaigns (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
