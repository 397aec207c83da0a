package v1

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// Taking valid JSON apart gives what encoding/json gives.
func FuzzMembers(f *testing.F) {
	for _, text := range []string{
		`{}`, `[]`, ` { "a" : 1 , "b":[ ] } `, `{"key":"x","household":{"unit":"2","room":"301"},"answers":{"Q1":"5","Q13":["VOTE","MEET"]}}`,
		`{"a":"\"}{","b\u0041":[[],{"c":"]"}],"a":null}`, `{"a":-1.5e3,"b":true}`, `[1,"2",{"a":[3]},null]`, `{"":"\\"}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !json.Valid([]byte(text)) || !utf8.ValidString(text) {
			return
		}
		var want any
		if json.Unmarshal([]byte(text), &want) != nil {
			return // a number too large for Go
		}
		start := blank(text, 0)
		if got := whole(text[start:end(text, start)]); !cmp.Equal(want, got) {
			t.Fatalf("%q (-want +got):\n%s", text, cmp.Diff(want, got))
		}
	})
}

// whole is a value with all that is in it.
func whole(value string) any {
	switch value[0] {
	case '{':
		object := map[string]any{}
		members(value, func(name, value string) { object[name] = whole(value) })
		return object
	case '[':
		array := []any{}
		elements(value, func(value string) { array = append(array, whole(value)) })
		return array
	case '"':
		return unquote(value)
	}
	var literal any
	_ = json.Unmarshal([]byte(value), &literal)
	return literal
}
