-- +goose Up
-- Accounts of staff. username_key is the name as it is compared, hash what
-- argon2id made of the password, generation counts up when sessions must end.
CREATE TABLE accounts (
  id           INTEGER NOT NULL PRIMARY KEY,
  username     TEXT    NOT NULL,
  username_key TEXT    NOT NULL UNIQUE,
  name         TEXT    NOT NULL,
  role         TEXT    NOT NULL,
  city_wide    INTEGER NOT NULL,
  district     INTEGER NOT NULL,
  subdistrict  INTEGER NOT NULL,
  community    INTEGER NOT NULL,
  company      INTEGER NOT NULL,
  language     TEXT    NOT NULL,
  hash         TEXT    NOT NULL,
  one_time     INTEGER NOT NULL,
  disabled     INTEGER NOT NULL,
  generation   INTEGER NOT NULL,
  added        INTEGER NOT NULL,
  last_seen    INTEGER NOT NULL
) STRICT;
