package main

import (
	"encoding/json"
	"net/url"
	"testing"

	"meihao/static"
	"meihao/survey"
)

// Every answer that is sent is one that the default questionnaire takes, in
// both of its shapes, and no two come from one home.
func TestAnswersAreTaken(t *testing.T) {
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for number := range int64(500) {
		a := newAnswer(number, "POSTER01", number%3 == 0)
		form, err := url.ParseQuery(string(a.form()))
		if err != nil {
			t.Fatal(err)
		}
		home := form.Get("unit") + "-" + form.Get("room")
		if seen[home] || seen[a.key] || len(form.Get("room")) > 8 {
			t.Fatalf("number %d: home %s or key %s again", number, home, a.key)
		}
		seen[home], seen[a.key] = true, true
		for _, name := range []string{"key", "unit", "room"} {
			form.Del(name)
		}
		reading, err := q.Read(form)
		if err != nil || q.Bases(reading) == 0 {
			t.Fatalf("number %d: bases %d, %v", number, q.Bases(reading), err)
		}
		body, err := a.json()
		if err != nil {
			t.Fatal(err)
		}
		var sent struct{ Answers map[string]string }
		if err := json.Unmarshal(body, &sent); err != nil || len(sent.Answers) != len(form) {
			t.Fatalf("number %d: %d answers as JSON, %d as form (%v)", number, len(sent.Answers), len(form), err)
		}
	}
}
