-- +goose Up
-- The household list of a building, packed (survey.PackRooms); '' where the
-- register has none. A long text takes no literal default. Run a second
-- time it is taken for done, see migrate.
ALTER TABLE buildings ADD COLUMN rooms MEDIUMTEXT NOT NULL DEFAULT ('');
