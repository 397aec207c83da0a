-- +goose Up
-- How many posters of a campaign were retired: saving an answer reads its
-- campaign in any case, and knows by this that what it read of posters before
-- is still so.
ALTER TABLE campaigns ADD COLUMN retirements BIGINT NOT NULL DEFAULT 0;
