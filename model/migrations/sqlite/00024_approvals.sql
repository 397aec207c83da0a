-- +goose Up
-- Approvals: what one person asked for and a second must confirm.
CREATE TABLE approvals (
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  kind     TEXT    NOT NULL,
  reason   TEXT    NOT NULL,
  closes   INTEGER NOT NULL,
  asked_by INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  PRIMARY KEY (campaign, kind)
) STRICT, WITHOUT ROWID;
