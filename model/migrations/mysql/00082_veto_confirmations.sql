-- +goose Up
-- A borderline veto 6.1 of one snapshot, confirmed by two persons.
CREATE TABLE IF NOT EXISTS veto_confirmations (
  sheet        BIGINT       NOT NULL PRIMARY KEY,
  snapshot     BIGINT       NOT NULL,
  reason       VARCHAR(500) NOT NULL,
  asked_by     BIGINT       NOT NULL,
  asked_at     BIGINT       NOT NULL,
  confirmed_by BIGINT       NOT NULL,
  confirmed_at BIGINT       NOT NULL,
  FOREIGN KEY (sheet) REFERENCES sheets (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
