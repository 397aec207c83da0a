-- +goose Up
-- The hour in which a token was last used, 0 for never.
ALTER TABLE tokens ADD COLUMN used BIGINT NOT NULL DEFAULT 0;
