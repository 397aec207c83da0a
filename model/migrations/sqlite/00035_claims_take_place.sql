-- +goose Up
ALTER TABLE claims_by_home RENAME TO claims;
