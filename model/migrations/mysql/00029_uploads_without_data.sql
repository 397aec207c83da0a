-- +goose Up
-- What was uploaded moves to parts of its own. What waits for a yes right now
-- is uploaded again.
ALTER TABLE uploads DROP COLUMN data;
