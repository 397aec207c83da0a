-- +goose Up
-- Campaigns 调查轮次. owner 0 is the city. secret is the campaign's key,
-- wrapped by the master key; NULL before opening and after sealing. enrolled
-- is the number of enrolments, which a city has 8,000 of.
CREATE TABLE IF NOT EXISTS campaigns (
  id                 BIGINT                                            NOT NULL PRIMARY KEY,
  activity           BIGINT                                            NOT NULL,
  name               VARCHAR(255)                                      NOT NULL,
  owner              BIGINT                                            NOT NULL,
  stage              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  admission          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  feedback           BIGINT                                            NOT NULL,
  opens              BIGINT                                            NOT NULL,
  closes             BIGINT                                            NOT NULL,
  questionnaire      BIGINT                                            NOT NULL,
  margin_full        BIGINT                                            NOT NULL,
  margin_provisional BIGINT                                            NOT NULL,
  asker              VARCHAR(255)                                      NOT NULL,
  phone              VARCHAR(255)                                      NOT NULL,
  demonstration      BIGINT                                            NOT NULL,
  added              BIGINT                                            NOT NULL,
  enrolled           BIGINT                                            NOT NULL,
  secret             VARBINARY(255),
  KEY campaigns_due (stage, closes),
  FOREIGN KEY (activity) REFERENCES activities (id),
  FOREIGN KEY (questionnaire) REFERENCES questionnaires (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
