package v1_test

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"meihao/static"
)

// schemas checks values against the description and remembers which of its
// fields were ever sent. It knows the words of JSON Schema that the description
// uses, and fails at any other.
type schemas struct {
	t    testing.TB
	doc  map[string]any
	sent map[string]bool // by where a field is described
}

func readSchemas(t testing.TB) *schemas {
	t.Helper()
	s := &schemas{t: t, sent: map[string]bool{}}
	if err := json.Unmarshal(static.OpenAPI, &s.doc); err != nil {
		t.Fatal(err)
	}
	return s
}

// at is what a pointer of the description leads to.
func (s *schemas) at(pointer string) map[string]any {
	s.t.Helper()
	at := any(s.doc)
	for _, step := range strings.Split(strings.TrimPrefix(pointer, "#/"), "/") {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		switch of := at.(type) {
		case map[string]any:
			at = of[step]
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n >= len(of) {
				s.t.Fatalf("%s leads nowhere", pointer)
			}
			at = of[n]
		}
	}
	object, ok := at.(map[string]any)
	if !ok {
		s.t.Fatalf("%s leads nowhere", pointer)
	}
	return object
}

// resolve follows a reference, if it is one.
func (s *schemas) resolve(pointer string) (string, map[string]any) {
	one := s.at(pointer)
	if to, is := one["$ref"].(string); is {
		return s.resolve(to)
	}
	return pointer, one
}

// wrong says what about a value is not as a schema has it, "" for nothing.
func (s *schemas) wrong(pointer string, value any) string {
	s.t.Helper()
	pointer, schema := s.resolve(pointer)
	for word := range schema {
		if !slices.Contains([]string{
			"type", "enum", "properties", "required", "additionalProperties", "propertyNames", "items", "oneOf", "pattern", "format", "minimum", "maximum",
			"minItems", "maxItems", "minLength", "maxLength", "multipleOf", "description", "examples", "default",
		}, word) {
			s.t.Errorf("%s says %q, which this test does not check", pointer, word)
		}
	}
	if list, is := schema["oneOf"].([]any); is {
		var all []string
		for i := range list {
			w := s.wrong(fmt.Sprintf("%s/oneOf/%d", pointer, i), value)
			if w == "" {
				return ""
			}
			all = append(all, w)
		}
		return strings.Join(all, " and ")
	}
	if w := wrongType(schema, value); w != "" {
		return fmt.Sprintf("%s: %s", pointer, w)
	}
	if enum, is := schema["enum"].([]any); is && !slices.Contains(enum, value) {
		return fmt.Sprintf("%s: %v is none of %v", pointer, value, enum)
	}
	switch v := value.(type) {
	case map[string]any:
		return s.wrongObject(pointer, schema, v)
	case []any:
		return s.wrongArray(pointer, schema, v)
	case string:
		return wrongText(pointer, schema, v)
	case float64:
		return wrongNumber(pointer, schema, v)
	}
	return ""
}

func (s *schemas) wrongObject(pointer string, schema, value map[string]any) string {
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, there := value[name.(string)]; !there {
			return fmt.Sprintf("%s: %s is missing", pointer, name)
		}
	}
	properties, _ := schema["properties"].(map[string]any)
	for name, field := range value {
		at := pointer + "/properties/" + name
		if _, known := properties[name]; !known {
			if _, is := schema["additionalProperties"].(map[string]any); !is {
				if properties == nil { // any object
					continue
				}
				return fmt.Sprintf("%s: %s is not described", pointer, name)
			}
			at = pointer + "/additionalProperties"
		}
		s.sent[at] = true
		if w := s.wrong(at, field); w != "" {
			return w
		}
		if _, is := schema["propertyNames"]; is {
			if w := s.wrong(pointer+"/propertyNames", name); w != "" {
				return w
			}
		}
	}
	return ""
}

func (s *schemas) wrongArray(pointer string, schema map[string]any, value []any) string {
	if n, is := schema["minItems"].(float64); is && len(value) < int(n) {
		return fmt.Sprintf("%s: %d items", pointer, len(value))
	}
	if n, is := schema["maxItems"].(float64); is && len(value) > int(n) {
		return fmt.Sprintf("%s: %d items", pointer, len(value))
	}
	for _, item := range value {
		if w := s.wrong(pointer+"/items", item); w != "" {
			return w
		}
	}
	return ""
}

// wrongType checks a value against the one type or the list of types.
func wrongType(schema map[string]any, value any) string {
	types, is := schema["type"].([]any)
	if !is {
		if schema["type"] == nil {
			return ""
		}
		types = []any{schema["type"]}
	}
	name := map[bool]string{true: "null"}[value == nil]
	switch v := value.(type) {
	case string:
		name = "string"
	case bool:
		name = "boolean"
	case float64:
		if name = "number"; v == math.Trunc(v) && slices.Contains(types, any("integer")) {
			name = "integer"
		}
	case []any:
		name = "array"
	case map[string]any:
		name = "object"
	}
	if slices.Contains(types, any(name)) {
		return ""
	}
	return fmt.Sprintf("%v is %s and not %v", value, name, types)
}

func wrongText(pointer string, schema map[string]any, value string) string {
	if pattern, is := schema["pattern"].(string); is && !regexp.MustCompile(pattern).MatchString(value) {
		return fmt.Sprintf("%s: %q is not %s", pointer, value, pattern)
	}
	layout := map[any]string{"date-time": time.RFC3339, "date": time.DateOnly}[schema["format"]]
	if layout == "" {
		return ""
	}
	if _, err := time.Parse(layout, value); err != nil {
		return fmt.Sprintf("%s: %v", pointer, err)
	}
	return ""
}

func wrongNumber(pointer string, schema map[string]any, value float64) string {
	if least, is := schema["minimum"].(float64); is && value < least {
		return fmt.Sprintf("%s: %v is less than %v", pointer, value, least)
	}
	if step, is := schema["multipleOf"].(float64); is && math.Mod(value, step) != 0 {
		return fmt.Sprintf("%s: %v is no multiple of %v", pointer, value, step)
	}
	return ""
}

// unsent are the fields below a schema that were described and never sent.
func (s *schemas) unsent(pointer string, seen map[string]bool) []string {
	pointer, schema := s.resolve(pointer)
	if seen[pointer] {
		return nil
	}
	seen[pointer] = true
	var list []string
	properties, _ := schema["properties"].(map[string]any)
	for name := range properties {
		at := pointer + "/properties/" + name
		if !s.sent[at] {
			list = append(list, at)
		}
		list = append(list, s.unsent(at, seen)...)
	}
	if _, is := schema["items"]; is {
		list = append(list, s.unsent(pointer+"/items", seen)...)
	}
	if options, is := schema["oneOf"].([]any); is {
		for i := range options {
			list = append(list, s.unsent(fmt.Sprintf("%s/oneOf/%d", pointer, i), seen)...)
		}
	}
	sort.Strings(list)
	return list
}

// The checker finds what is wrong: a negative control.
func TestSchemasFindFaults(t *testing.T) {
	s := readSchemas(t)
	const good = `{"project":{"id":"3ZK0M7Q2D","name":"a","community":"b","subdistrict":"c","district":"d"}}`
	for _, one := range []struct{ schema, value, fault string }{
		{"Project", `{"id":"3ZK0M7Q2D","name":"a","community":"b","subdistrict":"c","district":"d"}`, ""},
		{"Project", `{"id":"x","name":"a","community":"b","subdistrict":"c","district":"d"}`, "pattern"},
		{"Project", `{"id":"3ZK0M7Q2D","name":"a","community":"b","subdistrict":"c"}`, "missing"},
		{"Project", `{"id":"3ZK0M7Q2D","name":"a","community":"b","subdistrict":"c","district":"d","phone":""}`, "not described"},
		{"Project", `{"id":"3ZK0M7Q2D","name":null,"community":"b","subdistrict":"c","district":"d"}`, "null"},
		{"Turnout", `{"answered":-1,"households":2}`, "less"},
		{"Turnout", `{"answered":1.5,"households":2}`, "number"},
		{"Error", `{"code":"teapot","message":""}`, "none of"},
		{"Campaign", good, "missing"},
		{"Day", `{"day":"1.9.2026","responses":1}`, "parsing"},
	} {
		var value any
		if err := json.Unmarshal([]byte(one.value), &value); err != nil {
			t.Fatal(err)
		}
		if w := s.wrong("#/components/schemas/"+one.schema, value); (w == "") != (one.fault == "") {
			t.Errorf("%s as %s: %q", one.value, one.schema, w)
		}
	}
}
