-- +goose Up
-- Notes and files behind the items of a sheet. Of a removed file the digest stays.
CREATE TABLE IF NOT EXISTS evidence (
  id      BIGINT                                            NOT NULL PRIMARY KEY,
  sheet   BIGINT                                            NOT NULL,
  item    VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  party   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind    VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  name    VARCHAR(255)                                      NOT NULL,
  media   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size    BIGINT                                            NOT NULL,
  digest  VARBINARY(32)                                     NOT NULL,
  note    VARCHAR(2000)                                     NOT NULL,
  account BIGINT                                            NOT NULL,
  at      BIGINT                                            NOT NULL,
  removed BIGINT                                            NOT NULL,
  removal VARCHAR(500)                                      NOT NULL,
  FOREIGN KEY (sheet) REFERENCES sheets (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
