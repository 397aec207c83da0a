-- +goose Up
-- Approvals: what one person asked for and a second must confirm.
CREATE TABLE IF NOT EXISTS approvals (
  campaign BIGINT                                            NOT NULL,
  kind     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason   TEXT                                              NOT NULL,
  closes   BIGINT                                            NOT NULL,
  asked_by BIGINT                                            NOT NULL,
  asked_at BIGINT                                            NOT NULL,
  PRIMARY KEY (campaign, kind),
  FOREIGN KEY (campaign) REFERENCES campaigns (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
