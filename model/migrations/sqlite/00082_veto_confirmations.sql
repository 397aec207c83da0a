-- +goose Up
-- A borderline veto 6.1 of one snapshot, confirmed by two persons.
CREATE TABLE veto_confirmations (
  sheet        INTEGER NOT NULL PRIMARY KEY REFERENCES sheets (id),
  snapshot     INTEGER NOT NULL,
  reason       TEXT    NOT NULL,
  asked_by     INTEGER NOT NULL,
  asked_at     INTEGER NOT NULL,
  confirmed_by INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL
) STRICT;
