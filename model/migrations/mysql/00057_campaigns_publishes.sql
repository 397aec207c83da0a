-- +goose Up
-- The day on which a campaign plans to publish its results, 0 for none.
ALTER TABLE campaigns ADD COLUMN publishes BIGINT NOT NULL DEFAULT 0;
