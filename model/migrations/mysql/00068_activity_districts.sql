-- +goose Up
-- How a district takes part: mode, cap (0: the activity's) and contact.
CREATE TABLE IF NOT EXISTS activity_districts (
  activity BIGINT                                            NOT NULL,
  district BIGINT                                            NOT NULL,
  mode     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cap      BIGINT                                            NOT NULL,
  contact  VARCHAR(80)                                       NOT NULL,
  phone    VARCHAR(40)                                       NOT NULL,
  PRIMARY KEY (activity, district),
  FOREIGN KEY (activity) REFERENCES activities (id),
  FOREIGN KEY (district) REFERENCES districts (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
