-- +goose Up
-- Snapshots 封存结果, written once by sealing.
CREATE TABLE snapshots (
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  number   INTEGER NOT NULL,
  meta     TEXT    NOT NULL,
  PRIMARY KEY (campaign, number)
) STRICT, WITHOUT ROWID;
