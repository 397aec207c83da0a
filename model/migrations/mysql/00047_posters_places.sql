-- +goose Up
-- Where a poster hangs (unit 0: the building's; place '': the building's name),
-- what took its place, when it was last printed and made (UTC ms, 0: never,
-- not known). Run a second time it is taken for done, see migrate.
ALTER TABLE posters
  ADD COLUMN unit      INT                                              NOT NULL DEFAULT 0,
  ADD COLUMN place     VARCHAR(255)                                     NOT NULL DEFAULT '',
  ADD COLUMN successor VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN printed   BIGINT                                           NOT NULL DEFAULT 0,
  ADD COLUMN added     BIGINT                                           NOT NULL DEFAULT 0;
