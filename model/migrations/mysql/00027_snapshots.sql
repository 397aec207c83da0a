-- +goose Up
-- Snapshots 封存结果, written once by sealing.
CREATE TABLE IF NOT EXISTS snapshots (
  campaign BIGINT     NOT NULL,
  number   BIGINT     NOT NULL,
  meta     MEDIUMTEXT NOT NULL,
  PRIMARY KEY (campaign, number),
  FOREIGN KEY (campaign) REFERENCES campaigns (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
