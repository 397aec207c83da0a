-- +goose Up
-- A campaign's own words on its posters; "" is the default of the catalogs.
CREATE TABLE IF NOT EXISTS poster_words (
  campaign  BIGINT       NOT NULL PRIMARY KEY,
  bilingual BIGINT       NOT NULL,
  zh_title  VARCHAR(255) NOT NULL,
  zh_why    VARCHAR(255) NOT NULL,
  zh_help   VARCHAR(255) NOT NULL,
  zh_safety VARCHAR(255) NOT NULL,
  en_title  VARCHAR(255) NOT NULL,
  en_why    VARCHAR(255) NOT NULL,
  en_help   VARCHAR(255) NOT NULL,
  en_safety VARCHAR(255) NOT NULL,
  FOREIGN KEY (campaign) REFERENCES campaigns (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
