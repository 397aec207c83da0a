package survey

import (
	"errors"
	"fmt"
	"maps"
)

// Kind says what went wrong in one of the words of the JSON contract
// (DESIGN §8). One place in api/page maps it to a status.
type Kind string

// The kinds. Invalid covers every foreign input that cannot be read.
const (
	Closed          Kind = "closed"
	NotOpen         Kind = "not_open"
	UnknownPoster   Kind = "unknown_poster"
	RetiredPoster   Kind = "retired_poster"
	AlreadyAnswered Kind = "already_answered"
	NoBase          Kind = "no_base"
	Invalid         Kind = "invalid_answers"
	WrongCode       Kind = "wrong_code"
	TooLarge        Kind = "too_large"
	Busy            Kind = "busy"
	Unauthorized    Kind = "unauthorized"
	Forbidden       Kind = "forbidden"
	NotFound        Kind = "not_found"
	Conflict        Kind = "conflict"
	Internal        Kind = "internal"
)

// Args fill the places of a message ("{{.Name}}").
type Args map[string]any

// Message is a sentence of the language catalogs with what fills it.
type Message struct {
	Key  string
	Args Args
}

// Error is something the person or the calling system can be told: the kind
// decides the status, the message the words, the fields (keyed by form name)
// where to look. A fault that is no Error is internal and its text stays inside.
type Error struct {
	Kind Kind
	Message
	Fields map[string]Message
}

// Error is for logs and tests; people see the translated message.
// It carries keys only, never what somebody typed.
func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return string(e.Kind) + ": " + e.Key
	}
	return fmt.Sprintf("%s: %s (%d fields)", e.Kind, e.Key, len(e.Fields))
}

// Fail makes an Error of a kind with a message key and, as pairs, its args.
func Fail(kind Kind, key string, pairs ...any) *Error {
	e := &Error{Kind: kind, Message: Message{Key: key}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if e.Args == nil {
			e.Args = Args{}
		}
		e.Args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return e
}

// NotFoundError is the answer for what does not exist and for what is not
// the asker's to see: the two must not be told apart.
func NotFoundError(key string) *Error { return Fail(NotFound, key) }

// Field adds the message for one form field and returns the error.
func (e *Error) Field(name, key string, pairs ...any) *Error {
	if e.Fields == nil {
		e.Fields = map[string]Message{}
	}
	e.Fields[name] = Fail(e.Kind, key, pairs...).Message
	return e
}

// FieldOf adds the message of another error for one form field.
func (e *Error) FieldOf(name string, err error) {
	var other *Error
	if !errors.As(err, &other) {
		e.Field(name, "error.internal")
		return
	}
	e.Take(&Error{Fields: map[string]Message{name: other.Message}})
}

// Take adds all fields of another error.
func (e *Error) Take(other *Error) {
	if e.Fields == nil {
		e.Fields = map[string]Message{}
	}
	maps.Copy(e.Fields, other.Fields)
}

// KindOf is the kind of err: Internal for anything that is no Error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// KeyOf is the message key of err, "error.internal" for anything that is no
// Error.
func KeyOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Key
	}
	return "error.internal"
}
