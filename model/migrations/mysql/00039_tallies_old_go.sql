-- +goose Up
-- For SQLite only: InnoDB keeps what is long of a row apart in any case.
DO 0;
