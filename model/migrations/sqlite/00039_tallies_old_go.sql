-- +goose Up
DROP TABLE tallies;
