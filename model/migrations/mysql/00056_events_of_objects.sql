-- +goose Up
-- What happened to one thing is read without walking the whole chain.
ALTER TABLE events ADD INDEX events_object (object);
