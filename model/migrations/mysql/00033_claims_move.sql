-- +goose Up
INSERT INTO claims_by_home (campaign, project, claim, base, refused)
SELECT campaign, project, claim, base, refused FROM claims ORDER BY campaign, project, claim, base;
