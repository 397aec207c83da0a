-- +goose Up
-- Where a poster hangs (unit 0: the building's; place '': the building's name),
-- what took its place, when it was last printed and made (UTC ms, 0: never,
-- not known).
ALTER TABLE posters ADD COLUMN unit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posters ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE posters ADD COLUMN successor TEXT NOT NULL DEFAULT '';
ALTER TABLE posters ADD COLUMN printed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posters ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
