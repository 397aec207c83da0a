-- +goose Up
-- Responses 答卷: nothing here leads to a household or to a moment. The id is
-- random and the rows lie in its order, not in that of arrival.
-- No foreign keys on the resident tables: the save transaction has just read
-- the enrolment, and verify finds what has none.
CREATE TABLE IF NOT EXISTS responses (
  campaign   BIGINT                                              NOT NULL,
  project    BIGINT                                              NOT NULL,
  id         BIGINT                                              NOT NULL,
  bases      TINYINT                                             NOT NULL,
  grp        INT                                                 NOT NULL,
  lane       CHAR(1) CHARACTER SET ascii COLLATE ascii_bin       NOT NULL,
  state      CHAR(1) CHARACTER SET ascii COLLATE ascii_bin       NOT NULL,
  reason     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin   NOT NULL,
  version    INT                                                 NOT NULL,
  answers    VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  receipt    VARBINARY(16)                                       NOT NULL,
  change_key VARBINARY(16)                                       NOT NULL,
  PRIMARY KEY (campaign, project, id),
  UNIQUE (campaign, project, receipt)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
