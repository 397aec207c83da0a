-- +goose Up
-- Uploads whose data went with their column. This runs at an upgrade only.
DELETE FROM uploads;
