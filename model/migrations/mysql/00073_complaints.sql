-- +goose Up
-- The complaint log. project is 0 while nobody has said which one it is about,
-- dismissed says why it is about none.
CREATE TABLE IF NOT EXISTS complaints (
  id             BIGINT                                            NOT NULL PRIMARY KEY,
  source         VARCHAR(40)                                       NOT NULL,
  number         VARCHAR(80)                                       NOT NULL,
  project        BIGINT                                            NOT NULL,
  district       VARCHAR(100)                                      NOT NULL,
  community      VARCHAR(100)                                      NOT NULL,
  named          VARCHAR(100)                                      NOT NULL,
  class          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  received       BIGINT                                            NOT NULL,
  first_response BIGINT                                            NOT NULL,
  resolved       BIGINT                                            NOT NULL,
  reopened       BIGINT                                            NOT NULL,
  valid          BIGINT                                            NOT NULL,
  batch          BIGINT                                            NOT NULL,
  dismissed      VARCHAR(500)                                      NOT NULL,
  UNIQUE (source, number),
  FOREIGN KEY (batch) REFERENCES complaint_batches (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
