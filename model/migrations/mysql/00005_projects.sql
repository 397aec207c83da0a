-- +goose Up
-- Projects 物业项目/小区. The places above the community are repeated so that
-- a scope is one comparison. households and occupied are N per base as the
-- register gives it; an enrolment freezes a copy.
CREATE TABLE IF NOT EXISTS projects (
  id          BIGINT       NOT NULL PRIMARY KEY,
  register    VARCHAR(255) UNIQUE,
  name        VARCHAR(255) NOT NULL,
  name_key    VARCHAR(255) NOT NULL,
  district    BIGINT       NOT NULL,
  subdistrict BIGINT       NOT NULL,
  community   BIGINT       NOT NULL,
  company     BIGINT,
  phone       VARCHAR(255) NOT NULL,
  households  BIGINT       NOT NULL,
  occupied    BIGINT,
  position    BIGINT       NOT NULL,
  KEY projects_district (district, position),
  KEY projects_subdistrict (subdistrict),
  KEY projects_community (community, name_key),
  KEY projects_company (company),
  KEY projects_position (position),
  FOREIGN KEY (district) REFERENCES districts (id),
  FOREIGN KEY (subdistrict) REFERENCES subdistricts (id),
  FOREIGN KEY (community) REFERENCES communities (id),
  FOREIGN KEY (company) REFERENCES companies (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
