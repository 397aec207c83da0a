-- +goose Up
-- Accounts of staff. username_key is the name as it is compared, hash what
-- argon2id made of the password, generation counts up when sessions must end.
CREATE TABLE IF NOT EXISTS accounts (
  id           BIGINT                                             NOT NULL PRIMARY KEY,
  username     VARCHAR(64)                                        NOT NULL,
  username_key VARCHAR(64)                                        NOT NULL UNIQUE,
  name         VARCHAR(255)                                       NOT NULL,
  role         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  city_wide    BIGINT                                             NOT NULL,
  district     BIGINT                                             NOT NULL,
  subdistrict  BIGINT                                             NOT NULL,
  community    BIGINT                                             NOT NULL,
  company      BIGINT                                             NOT NULL,
  language     VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin   NOT NULL,
  hash         VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  one_time     BIGINT                                             NOT NULL,
  disabled     BIGINT                                             NOT NULL,
  generation   BIGINT                                             NOT NULL,
  added        BIGINT                                             NOT NULL,
  last_seen    BIGINT                                             NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
