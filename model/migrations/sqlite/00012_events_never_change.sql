-- +goose Up
-- An event is written once. Whoever drops this trigger is found by verify.
-- +goose StatementBegin
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'an event is never changed');
END;
-- +goose StatementEnd
