-- +goose Up
-- A campaign's own words on its posters; "" is the default of the catalogs.
CREATE TABLE poster_words (
  campaign  INTEGER NOT NULL PRIMARY KEY REFERENCES campaigns (id),
  bilingual INTEGER NOT NULL,
  zh_title  TEXT    NOT NULL,
  zh_why    TEXT    NOT NULL,
  zh_help   TEXT    NOT NULL,
  zh_safety TEXT    NOT NULL,
  en_title  TEXT    NOT NULL,
  en_why    TEXT    NOT NULL,
  en_help   TEXT    NOT NULL,
  en_safety TEXT    NOT NULL
) STRICT;
