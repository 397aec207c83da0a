-- +goose Up
-- The emblem in the corner of a campaign's posters, as PNG.
CREATE TABLE IF NOT EXISTS emblems (
  campaign BIGINT     NOT NULL PRIMARY KEY,
  png      MEDIUMBLOB NOT NULL,
  FOREIGN KEY (campaign) REFERENCES campaigns (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
