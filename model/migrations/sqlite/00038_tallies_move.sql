-- +goose Up
INSERT INTO tallies_by_row (campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused)
SELECT campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused
FROM tallies ORDER BY campaign, project;
