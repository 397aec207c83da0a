-- +goose Up
-- Read-only addresses for screens, by the digest of their secret part. opened
-- is the hour in which one was last opened, 0 for never.
CREATE TABLE IF NOT EXISTS walls (
  id          BIGINT                                           NOT NULL PRIMARY KEY,
  account     BIGINT                                           NOT NULL,
  campaign    BIGINT                                           NOT NULL,
  name        VARCHAR(255)                                     NOT NULL,
  digest      VARBINARY(32)                                    NOT NULL UNIQUE,
  city_wide   BIGINT                                           NOT NULL,
  district    BIGINT                                           NOT NULL,
  subdistrict BIGINT                                           NOT NULL,
  community   BIGINT                                           NOT NULL,
  company     BIGINT                                           NOT NULL,
  figures     BIGINT                                           NOT NULL,
  code        BIGINT                                           NOT NULL,
  language    VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  added       BIGINT                                           NOT NULL,
  expires     BIGINT                                           NOT NULL,
  revoked     BIGINT                                           NOT NULL,
  opened      BIGINT                                           NOT NULL,
  FOREIGN KEY (account) REFERENCES accounts (id),
  FOREIGN KEY (campaign) REFERENCES campaigns (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
