-- +goose Up
-- Bearer tokens, by the digest of their text. expires 0 is never.
CREATE TABLE IF NOT EXISTS tokens (
  id          BIGINT                                            NOT NULL PRIMARY KEY,
  account     BIGINT                                            NOT NULL,
  name        VARCHAR(255)                                      NOT NULL,
  digest      VARBINARY(32)                                     NOT NULL UNIQUE,
  role        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  city_wide   BIGINT                                            NOT NULL,
  district    BIGINT                                            NOT NULL,
  subdistrict BIGINT                                            NOT NULL,
  community   BIGINT                                            NOT NULL,
  company     BIGINT                                            NOT NULL,
  expires     BIGINT                                            NOT NULL,
  revoked     BIGINT                                            NOT NULL,
  added       BIGINT                                            NOT NULL,
  KEY tokens_account (account),
  FOREIGN KEY (account) REFERENCES accounts (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
