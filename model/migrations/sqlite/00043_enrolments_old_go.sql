-- +goose Up
DROP TABLE enrolments;
