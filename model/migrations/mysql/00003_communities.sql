-- +goose Up
-- Communities 社区. The district is repeated so that a scope is one comparison.
CREATE TABLE IF NOT EXISTS communities (
  id          BIGINT       NOT NULL PRIMARY KEY,
  district    BIGINT       NOT NULL,
  subdistrict BIGINT       NOT NULL,
  name        VARCHAR(255) NOT NULL,
  name_key    VARCHAR(255) NOT NULL,
  position    BIGINT       NOT NULL,
  UNIQUE (subdistrict, name_key),
  KEY communities_district (district),
  FOREIGN KEY (district) REFERENCES districts (id),
  FOREIGN KEY (subdistrict) REFERENCES subdistricts (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
