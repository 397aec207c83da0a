-- +goose Up
-- What companies promise to fix after the results were published: their own
-- version, and the copy of it that the district published, which is what
-- residents see. company and company_name are who promised, which may not be who
-- manages the project now. Days are YYYYMMDD in Asia/Shanghai, 0 for none; public_at is 0
-- where nothing is public; first_due is the due day as it was first published.
CREATE TABLE IF NOT EXISTS promises (
  id           BIGINT NOT NULL PRIMARY KEY,
  campaign     BIGINT NOT NULL,
  project      BIGINT NOT NULL,
  company      BIGINT NOT NULL,
  company_name TEXT   NOT NULL,
  added        BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  changed      BIGINT NOT NULL,
  text         TEXT   NOT NULL,
  due          INT    NOT NULL,
  done         INT    NOT NULL,
  done_note    TEXT   NOT NULL,
  returned     TEXT   NOT NULL,
  public_at    BIGINT NOT NULL,
  public_text  TEXT   NOT NULL,
  public_due   INT    NOT NULL,
  public_done  INT    NOT NULL,
  public_note  TEXT   NOT NULL,
  first_due    INT    NOT NULL,
  KEY promises_of_projects (campaign, project),
  FOREIGN KEY (campaign) REFERENCES campaigns (id),
  FOREIGN KEY (project) REFERENCES projects (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
