-- +goose Up
-- Claims as before, but with a home's slots side by side: a response that
-- claims both bases then writes one page and not two.
CREATE TABLE claims_by_home (
  campaign BIGINT        NOT NULL,
  project  BIGINT        NOT NULL,
  claim    VARBINARY(16) NOT NULL,
  base     TINYINT       NOT NULL,
  refused  TINYINT       NOT NULL,
  PRIMARY KEY (campaign, project, claim, base)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
