package model

import (
	"reflect"
	"testing"
)

// The hash of an event covers every field before it, and where one field
// ends and the next begins.
func TestEventHashCoversEveryField(t *testing.T) {
	row := eventRow{
		Number: 7, At: 1, Actor: 2, Username: "u", Action: "a", Object: "o", Reason: "r", Detail: "d", Previous: "p",
	}
	sums := map[string]string{row.sum(): "the event itself"}
	add := func(name string, r eventRow) {
		t.Helper()
		if same, known := sums[r.sum()]; known {
			t.Errorf("%s has the hash of %s", name, same)
		}
		sums[r.sum()] = name
	}
	for i := range reflect.TypeFor[eventRow]().NumField() {
		name := reflect.TypeFor[eventRow]().Field(i).Name
		if name == "Hash" {
			continue
		}
		changed := row
		switch field := reflect.ValueOf(&changed).Elem().Field(i); field.Kind() {
		case reflect.String:
			field.SetString(field.String() + "x")
		case reflect.Int64:
			field.SetInt(field.Int() + 1000)
		default:
			field.SetUint(field.Uint() + 1000)
		}
		add("another "+name, changed)
	}
	moved := row
	moved.Username, moved.Action = "", "ua"
	add("a text that moved into the next field", moved)
	moved = row
	moved.Reason, moved.Detail = "rd", ""
	add("a text that moved into the field before", moved)
}
