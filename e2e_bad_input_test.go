package main

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// badAnswer is a form that must not be taken: what is changed of a good one,
// and the control that the error is about.
type badAnswer struct {
	change map[string][]string
	field  string
}

const (
	longRoom  = "12345678901234567890"
	nulls     = "30\x001"
	notUTF8   = "\xff\xfe\xc3\x28"
	injection = `1'); DROP TABLE responses;--`
	script    = `"><script>alert(1)</script>`
)

// badAnswers are the bad inputs that HTML and JSON have in common.
func badAnswers() map[string]badAnswer {
	list := map[string]badAnswer{
		"an unknown question":         {map[string][]string{"Q99": {"1"}}, "Q99"},
		"an unknown option":           {map[string][]string{"Q1": {"6"}}, "Q1"},
		"an unknown option of many":   {map[string][]string{"Q13": {"VOTE", "X"}}, "Q13"},
		"the option of another":       {map[string][]string{"S2": {"OWNER"}}, "S2"},
		"two options of one":          {map[string][]string{"Q1": {"5", "4"}}, "Q1"},
		"none together with another":  {map[string][]string{"Q13": {"VOTE", "NONE"}}, "Q13"},
		"a comment of 10,000":         {map[string][]string{"Q16": {strings.Repeat("啊", 10_000)}}, "Q16"},
		"a comment of 201":            {map[string][]string{"Q16": {strings.Repeat("啊", 201)}}, "Q16"},
		"no relation":                 {map[string][]string{"S1": nil}, "S1"},
		"no residence":                {map[string][]string{"S2": {""}}, "S2"},
		"no room":                     {map[string][]string{"room": {""}}, "room"},
		"no unit":                     {map[string][]string{"unit": nil}, "unit"},
		"a unit that is not there":    {map[string][]string{"unit": {"6"}}, "unit"},
		"unit zero":                   {map[string][]string{"unit": {"0"}}, "unit"},
		"a negative unit":             {map[string][]string{"unit": {"-1"}}, "unit"},
		"a room without a digit":      {map[string][]string{"room": {"abc"}}, "room"},
		"a room too long":             {map[string][]string{"room": {longRoom}}, "room"},
		"a room of signs":             {map[string][]string{"room": {"3/0/1!"}}, "room"},
		"a building that is not":      {map[string][]string{"building": {"99号楼"}}, "building"},
		"a building of another place": {map[string][]string{"building": {"0000000ZZ"}}, "building"},
		"a lane that is not taken":    {map[string][]string{"lane": {"open"}}, "lane"},
		"a clerk's lane":              {map[string][]string{"lane": {"assisted"}}, "lane"},
		"a short key":                 {map[string][]string{"key": {"short"}}, "key"},
		"a long key":                  {map[string][]string{"key": {strings.Repeat("k", 65)}}, "key"},
		"a key of other signs":        {map[string][]string{"key": {"' OR 1=1; --      "}}, "key"},
		"nulls":                       {map[string][]string{"room": {nulls}}, "room"},
		"SQL in the room":             {map[string][]string{"room": {injection}}, "room"},
		"SQL in an answer":            {map[string][]string{"Q1": {injection}}, "Q1"},
		"a script in the unit":        {map[string][]string{"unit": {script}}, "unit"},
		"a script in an answer":       {map[string][]string{"Q2": {script}}, "Q2"},
		"a page in the building":      {map[string][]string{"building": {"../../etc/passwd"}}, "building"},
		"not UTF-8 in the comment":    {map[string][]string{"Q16": {"很好" + notUTF8}}, "Q16"},
		"not UTF-8 in the room":       {map[string][]string{"room": {notUTF8 + "1"}}, "room"},
		"not UTF-8 in an answer":      {map[string][]string{"Q1": {notUTF8}}, "Q1"},
		"nothing but the key":         {map[string][]string{"S1": nil, "S2": nil, "Q1": nil, "unit": nil, "room": nil}, "S1"},
	}
	return list
}

// form is a good answer with a change made to it.
func (b badAnswer) form(home place) url.Values {
	form := url.Values{"key": {newKey()}, "unit": {home.Unit}, "room": {home.Room}, "S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"4"}}
	maps.Copy(form, url.Values(b.change))
	maps.DeleteFunc(form, func(_ string, v []string) bool { return v == nil })
	return form
}

// body is the same as JSON.
func (b badAnswer) body(home place) map[string]any {
	household, answers := map[string]any{}, map[string]any{}
	body := map[string]any{"household": household, "answers": answers}
	for name, values := range b.form(home) {
		switch name {
		case "building", "unit", "room":
			household[name] = values[0]
		case "key", "lane":
			body[name] = values[0]
		default:
			answers[name] = values[0]
			if len(values) > 1 {
				answers[name] = values
			}
		}
	}
	return body
}

// storesNothing runs a part of a test that must leave the answers as they
// were.
func storesNothing(t *testing.T, data, name string, part func(t *testing.T)) {
	t.Helper()
	before := residentsOf(t, data)
	t.Run(name, part)
	if after := residentsOf(t, data); after != before {
		t.Errorf("%s: something was stored: %+v, before %+v", name, after, before)
	}
}

func TestBadInput(t *testing.T) {
	s, demo := serveDemo(t)
	home := demo.roomOf(0)
	path := "/api/v1/posters/" + demo.Poster + "/responses"
	for name, bad := range badAnswers() {
		storesNothing(t, s.Data, name+" as JSON", func(t *testing.T) {
			e := s.ask(t, http.MethodPost, path, "", asJSON(bad.body(home))).refused(t, http.StatusUnprocessableEntity, "invalid_answers")
			if e.Fields[bad.field] == "" && !strings.HasPrefix(name, "not UTF-8") { // then it is no JSON at all
				t.Errorf("the error names %v, not %s", e.Fields, bad.field)
			}
		})
		storesNothing(t, s.Data, name+" as a form", func(t *testing.T) {
			s.formComesBack(t, demo.Poster, bad.form(home), bad.field)
		})
	}
	// The home is still free, and the good answer itself is taken.
	s.accepted(t, demo.Poster, answerOf(ownerHere, home, "4"))
}

// formComesBack wants the form again, with a title and a summary that say
// what is wrong and everything that was typed.
func (s *server) formComesBack(t *testing.T, poster string, form url.Values, field string) {
	t.Helper()
	r := s.ask(t, http.MethodPost, "/s/"+poster, "", form)
	if r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Body, "<title>有误：") {
		t.Fatalf("status %d and title %q, want 422 and 有误：", r.Status, between(r.Body, "<title>", "</title>"))
	}
	if !strings.Contains(r.Body, `id="problems"`) || !strings.Contains(r.Body, "<form") {
		t.Error("the page has no summary of what is wrong, or no form")
	}
	if strings.Contains(r.Body, `id="`+field+`"`) && !strings.Contains(r.Body, `href="#`+field+`"`) {
		t.Errorf("the summary does not lead to %s", field)
	}
	if strings.Contains(r.Body, script) {
		t.Error("what was typed comes back as a script")
	}
	if room := form.Get("room"); room != "" && strings.ToValidUTF8(room, "") == room && !strings.Contains(r.Body, `value="`+html.EscapeString(room)+`"`) && !strings.Contains(room, "\x00") {
		t.Errorf("the room that was typed is gone: %q", room)
	}
	for _, one := range []string{"S1", "S2"} {
		if form.Get(one) != "" && field != one && !strings.Contains(r.Body, `name="`+one+`" value="`+form.Get(one)+`"`) {
			t.Errorf("the answer to %s is gone", one)
		}
	}
}

// asJSON writes JSON by hand where a value is not UTF-8, which encoding/json
// would mend.
func asJSON(v any) string {
	switch v := v.(type) {
	case string:
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\x00", `\u0000`).Replace(v)
		return `"` + quoted + `"`
	case []string:
		parts := make([]string, len(v))
		for i, one := range v {
			parts[i] = asJSON(one)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case map[string]any:
		var parts []string
		for name, one := range v {
			parts = append(parts, asJSON(name)+":"+asJSON(one))
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	return "null"
}

func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	inner, _, _ := strings.Cut(rest, to)
	return strings.TrimSpace(inner)
}
