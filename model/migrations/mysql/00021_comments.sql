-- +goose Up
-- Comments, apart from responses: the id is an HMAC of the response's under
-- the campaign key, and when that is deleted nothing leads from one to the
-- other.
CREATE TABLE IF NOT EXISTS comments (
  campaign BIGINT NOT NULL,
  project  BIGINT NOT NULL,
  id       BIGINT NOT NULL,
  text     TEXT   NOT NULL,
  PRIMARY KEY (campaign, project, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
