-- +goose Up
-- Half points that a party gives to an item.
CREATE TABLE IF NOT EXISTS marks (
  sheet   BIGINT                                            NOT NULL,
  item    VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  party   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  points  BIGINT                                            NOT NULL,
  note    VARCHAR(2000)                                     NOT NULL,
  account BIGINT                                            NOT NULL,
  at      BIGINT                                            NOT NULL,
  PRIMARY KEY (sheet, item, party),
  FOREIGN KEY (sheet) REFERENCES sheets (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
