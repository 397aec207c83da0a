-- +goose Up
-- An event stays. Whoever drops this trigger is found by verify.
-- +goose StatementBegin
CREATE TRIGGER IF NOT EXISTS events_never_go BEFORE DELETE ON events
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an event is never removed';
-- +goose StatementEnd
