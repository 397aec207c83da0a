-- +goose Up
-- A city's 60,000 posters are counted without looking at each.
ALTER TABLE posters ADD INDEX posters_in_use (campaign, retired);
