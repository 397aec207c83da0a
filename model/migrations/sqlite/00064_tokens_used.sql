-- +goose Up
-- The hour in which a token was last used, 0 for never.
ALTER TABLE tokens ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
