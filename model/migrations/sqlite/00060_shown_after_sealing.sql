-- +goose Up
-- Shown copies lie a few answers behind the tallies. Of a sealed campaign
-- nobody reads them any more, and side by side the two would tell what the last
-- who answered said.
UPDATE tallies SET shown_owner = X'', shown_resident = X'', changes_owner = 0, changes_resident = 0
WHERE campaign IN (SELECT id FROM campaigns WHERE stage = 'sealed');
