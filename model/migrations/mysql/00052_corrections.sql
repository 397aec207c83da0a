-- +goose Up
-- Corrections of projects and buildings, line by line: what was changed after
-- it was first registered. number is that of the event. campaign and
-- building are 0 where there is none; a building may be gone since.
CREATE TABLE IF NOT EXISTS corrections (
  project       BIGINT                                            NOT NULL,
  number        BIGINT                                            NOT NULL,
  line          BIGINT                                            NOT NULL,
  at            BIGINT                                            NOT NULL,
  actor         BIGINT                                            NOT NULL,
  username      VARCHAR(64)                                       NOT NULL,
  way           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  campaign      BIGINT                                            NOT NULL,
  reason        TEXT                                              NOT NULL,
  building      BIGINT                                            NOT NULL,
  building_name VARCHAR(255)                                      NOT NULL,
  field         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  old_value     TEXT                                              NOT NULL,
  new_value     TEXT                                              NOT NULL,
  PRIMARY KEY (project, number, line),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
