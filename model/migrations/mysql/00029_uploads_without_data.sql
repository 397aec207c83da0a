-- +goose Up
-- For SQLite only: here it has been so from the beginning. A migration of this
-- folder must bear to be run twice, since MySQL commits it before its number
-- is noted.
DO 0;
