-- +goose Up
-- What happened to one thing is read without walking the whole chain.
CREATE INDEX events_object ON events (object);
