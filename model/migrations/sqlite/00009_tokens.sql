-- +goose Up
-- Bearer tokens, by the digest of their text. expires 0 is never.
CREATE TABLE tokens (
  id          INTEGER NOT NULL PRIMARY KEY,
  account     INTEGER NOT NULL REFERENCES accounts (id),
  name        TEXT    NOT NULL,
  digest      BLOB    NOT NULL UNIQUE,
  role        TEXT    NOT NULL,
  city_wide   INTEGER NOT NULL,
  district    INTEGER NOT NULL,
  subdistrict INTEGER NOT NULL,
  community   INTEGER NOT NULL,
  company     INTEGER NOT NULL,
  expires     INTEGER NOT NULL,
  revoked     INTEGER NOT NULL,
  added       INTEGER NOT NULL
) STRICT;
CREATE INDEX tokens_account ON tokens (account);
