-- +goose Up
CREATE INDEX enrolments_project ON enrolments (project);
