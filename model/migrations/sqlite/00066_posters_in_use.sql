-- +goose Up
-- A city's 60,000 posters are counted without looking at each.
CREATE INDEX posters_in_use ON posters (campaign, retired);
