-- +goose Up
DROP TABLE claims;
