-- +goose Up
-- Scores that two persons put in the place of what the machine set (machine).
-- confirmed_by is 0 until the second one has confirmed.
CREATE TABLE IF NOT EXISTS overrides (
  sheet        BIGINT                                            NOT NULL,
  item         VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
  points       BIGINT                                            NOT NULL,
  reason       VARCHAR(500)                                      NOT NULL,
  machine      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_by     BIGINT                                            NOT NULL,
  asked_at     BIGINT                                            NOT NULL,
  confirmed_by BIGINT                                            NOT NULL,
  confirmed_at BIGINT                                            NOT NULL,
  PRIMARY KEY (sheet, item),
  FOREIGN KEY (sheet) REFERENCES sheets (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
