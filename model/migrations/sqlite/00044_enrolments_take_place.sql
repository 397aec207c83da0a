-- +goose Up
ALTER TABLE enrolments_by_row RENAME TO enrolments;
