-- +goose Up
-- Vetoes 6.2 to 6.6 as recorded, with their source.
CREATE TABLE IF NOT EXISTS sheet_vetoes (
  sheet    BIGINT                                            NOT NULL,
  item     VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  state    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  document VARCHAR(200)                                      NOT NULL,
  note     VARCHAR(2000)                                     NOT NULL,
  evidence BIGINT                                            NOT NULL,
  account  BIGINT                                            NOT NULL,
  at       BIGINT                                            NOT NULL,
  PRIMARY KEY (sheet, item),
  FOREIGN KEY (sheet) REFERENCES sheets (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
