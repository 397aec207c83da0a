-- +goose Up
-- Claims 占位: that a household answered, never what and never when. base is
-- the slot: 1 owner, 2 resident, and 5 and 6 for open feedback kept apart.
-- The primary key is the judge of "one voice per household per base".
-- InnoDB keeps rows in the order of this key, not of arrival.
CREATE TABLE IF NOT EXISTS claims (
  campaign BIGINT        NOT NULL,
  project  BIGINT        NOT NULL,
  claim    VARBINARY(16) NOT NULL,
  base     TINYINT       NOT NULL,
  refused  TINYINT       NOT NULL,
  PRIMARY KEY (campaign, project, claim, base)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
