-- +goose Up
-- An event is written once. Whoever drops this trigger is found by verify.
-- +goose StatementBegin
CREATE TRIGGER IF NOT EXISTS events_never_change BEFORE UPDATE ON events
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an event is never changed';
-- +goose StatementEnd
