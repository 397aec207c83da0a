-- +goose Up
-- Long work: who asked for it, what it needs, how far it is, how it ended.
-- once names what there is only one of; instance is who runs it, 0 for nobody.
CREATE TABLE IF NOT EXISTS jobs (
  id       BIGINT                                             NOT NULL PRIMARY KEY,
  account  BIGINT                                             NOT NULL,
  kind     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  name     VARCHAR(255)                                       NOT NULL,
  argument TEXT                                               NOT NULL,
  once     VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL UNIQUE,
  state    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  stopping BIGINT                                             NOT NULL,
  phase    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  done     BIGINT                                             NOT NULL,
  total    BIGINT                                             NOT NULL,
  result   TEXT                                               NOT NULL,
  file     VARCHAR(255)                                       NOT NULL,
  media    VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  problem  TEXT                                               NOT NULL,
  tries    BIGINT                                             NOT NULL,
  instance BIGINT                                             NOT NULL,
  added    BIGINT                                             NOT NULL,
  started  BIGINT                                             NOT NULL,
  beat     BIGINT                                             NOT NULL,
  ended    BIGINT                                             NOT NULL,
  KEY jobs_state (state, added),
  KEY jobs_account (account, added),
  FOREIGN KEY (account) REFERENCES accounts (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
