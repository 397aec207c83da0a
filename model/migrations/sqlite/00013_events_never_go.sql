-- +goose Up
-- An event stays. Whoever drops this trigger is found by verify.
-- +goose StatementBegin
CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'an event is never removed');
END;
-- +goose StatementEnd
