-- +goose Up
-- How often posters of a campaign were retired, or its frozen homes put right:
-- saving an answer reads its campaign in any case, and knows by this that what
-- it read of both before is still so.
ALTER TABLE campaigns ADD COLUMN revisions BIGINT NOT NULL DEFAULT 0;
