-- +goose Up
-- What is to be done until when; district 0 is a task of the city. done_at is 0
-- until somebody has done it.
CREATE TABLE IF NOT EXISTS activity_tasks (
  id       BIGINT       NOT NULL PRIMARY KEY,
  activity BIGINT       NOT NULL,
  district BIGINT       NOT NULL,
  title    VARCHAR(200) NOT NULL,
  due      BIGINT       NOT NULL,
  done_at  BIGINT       NOT NULL,
  done_by  BIGINT       NOT NULL,
  added_by BIGINT       NOT NULL,
  added    BIGINT       NOT NULL,
  FOREIGN KEY (activity) REFERENCES activities (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
