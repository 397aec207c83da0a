-- +goose Up
-- Complaints are read by project and time.
CREATE INDEX complaints_project ON complaints (project, received);
