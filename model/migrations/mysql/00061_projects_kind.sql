-- +goose Up
-- The kind of a project in the register's words, '' where it does not say.
ALTER TABLE projects ADD COLUMN kind VARCHAR(80) NOT NULL DEFAULT '';
