-- +goose Up
ALTER TABLE tallies_by_row RENAME TO tallies;
