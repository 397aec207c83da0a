-- +goose Up
-- The sheet of a project in an activity: which sealed result 1.1 and 6.1 read
-- (campaign 0: none yet) and what 3.2 rests on, in fen (due 0: nothing yet).
CREATE TABLE IF NOT EXISTS sheets (
  id            BIGINT       NOT NULL PRIMARY KEY,
  activity      BIGINT       NOT NULL,
  project       BIGINT       NOT NULL,
  revision      BIGINT       NOT NULL,
  campaign      BIGINT       NOT NULL,
  snapshot      BIGINT       NOT NULL,
  read_by       BIGINT       NOT NULL,
  read_at       BIGINT       NOT NULL,
  paid          BIGINT       NOT NULL,
  due           BIGINT       NOT NULL,
  fees_document VARCHAR(200) NOT NULL,
  fees_by       BIGINT       NOT NULL,
  fees_at       BIGINT       NOT NULL,
  UNIQUE (activity, project),
  FOREIGN KEY (activity) REFERENCES activities (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
