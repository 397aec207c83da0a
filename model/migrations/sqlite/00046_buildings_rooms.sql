-- +goose Up
-- The household list of a building, packed (survey.PackRooms); '' where the
-- register has none.
ALTER TABLE buildings ADD COLUMN rooms TEXT NOT NULL DEFAULT '';
