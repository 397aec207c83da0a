-- +goose Up
-- Half points on which a difference between assessors was settled.
CREATE TABLE IF NOT EXISTS settlements (
  sheet   BIGINT                                           NOT NULL,
  item    VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  points  BIGINT                                           NOT NULL,
  reason  VARCHAR(500)                                     NOT NULL,
  account BIGINT                                           NOT NULL,
  at      BIGINT                                           NOT NULL,
  PRIMARY KEY (sheet, item),
  FOREIGN KEY (sheet) REFERENCES sheets (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
