-- +goose Up
-- Campaigns whose sealed results are public; snapshot is the latest one when
-- they were published.
CREATE TABLE IF NOT EXISTS publications (
  campaign     BIGINT NOT NULL PRIMARY KEY,
  at           BIGINT NOT NULL,
  published_by BIGINT NOT NULL,
  snapshot     BIGINT NOT NULL,
  FOREIGN KEY (campaign) REFERENCES campaigns (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
