-- +goose Up
INSERT INTO enrolments_by_row (campaign, project, tag, households, occupied, group_homes, buildings)
SELECT campaign, project, tag, households, occupied, group_homes, buildings FROM enrolments ORDER BY campaign, project;
