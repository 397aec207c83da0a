-- +goose Up
-- Files of complaints. covers_from and covers_to are months (202307) that a file
-- has all complaints of, for its district (0: the city); 0 where it says nothing.
-- removed is 0 until somebody took it back.
CREATE TABLE IF NOT EXISTS complaint_batches (
  id          BIGINT                                            NOT NULL PRIMARY KEY,
  kind        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name        VARCHAR(255)                                      NOT NULL,
  digest      VARBINARY(32)                                     NOT NULL,
  document    VARCHAR(200)                                      NOT NULL,
  district    BIGINT                                            NOT NULL,
  covers_from BIGINT                                            NOT NULL,
  covers_to   BIGINT                                            NOT NULL,
  added       BIGINT                                            NOT NULL,
  account     BIGINT                                            NOT NULL,
  removed     BIGINT                                            NOT NULL,
  removal     VARCHAR(500)                                      NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
