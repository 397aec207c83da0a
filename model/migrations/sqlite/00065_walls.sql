-- +goose Up
-- Read-only addresses for screens, by the digest of their secret part. opened
-- is the hour in which one was last opened, 0 for never.
CREATE TABLE walls (
  id          INTEGER NOT NULL PRIMARY KEY,
  account     INTEGER NOT NULL REFERENCES accounts (id),
  campaign    INTEGER NOT NULL REFERENCES campaigns (id),
  name        TEXT    NOT NULL,
  digest      BLOB    NOT NULL UNIQUE,
  city_wide   INTEGER NOT NULL,
  district    INTEGER NOT NULL,
  subdistrict INTEGER NOT NULL,
  community   INTEGER NOT NULL,
  company     INTEGER NOT NULL,
  figures     INTEGER NOT NULL,
  code        INTEGER NOT NULL,
  language    TEXT    NOT NULL,
  added       INTEGER NOT NULL,
  expires     INTEGER NOT NULL,
  revoked     INTEGER NOT NULL,
  opened      INTEGER NOT NULL
) STRICT;
