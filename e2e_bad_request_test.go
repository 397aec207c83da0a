package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Bodies that are no answer at all.
func TestBadBodies(t *testing.T) {
	s, demo := serveDemo(t)
	path := "/api/v1/posters/" + demo.Poster + "/responses"
	const good = `"household":{"unit":"1","room":"101"},"answers":{"S1":"OWNER","S2":"Y","Q1":"5"}`
	megabyte := strings.Repeat("x", 1<<20)
	for name, test := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"nothing":                {"", http.StatusUnprocessableEntity, "invalid_answers"},
		"null":                   {"null", http.StatusUnprocessableEntity, "invalid_answers"},
		"a list":                 {"[1,2]", http.StatusUnprocessableEntity, "invalid_answers"},
		"a word":                 {"hello", http.StatusUnprocessableEntity, "invalid_answers"},
		"half of it":             {`{"key":"0123456789abcdef",`, http.StatusUnprocessableEntity, "invalid_answers"},
		"answers as a list":      {`{"key":"0123456789abcdef","answers":["OWNER"]}`, http.StatusUnprocessableEntity, "invalid_answers"},
		"an answer as an object": {`{"key":"0123456789abcdef","household":{"unit":"1","room":"101"},"answers":{"S1":{"a":"b"},"S2":"Y"}}`, http.StatusUnprocessableEntity, "invalid_answers"},
		"a household as text":    {`{"key":"0123456789abcdef","household":"1-101","answers":{"S1":"OWNER","S2":"Y"}}`, http.StatusUnprocessableEntity, "invalid_answers"},
		"a key as a number":      {`{"key":1234567890123456,` + good + `}`, http.StatusUnprocessableEntity, "invalid_answers"},
		"no key":                 {`{` + good + `}`, http.StatusUnprocessableEntity, "invalid_answers"},
		"more after the end":     {`{"key":"0123456789abcdef",` + good + `}{"key":"x"}`, http.StatusUnprocessableEntity, "invalid_answers"},
		"very deep":              {strings.Repeat(`{"answers":`, 2000), http.StatusUnprocessableEntity, "invalid_answers"},
		"not UTF-8":              {notUTF8, http.StatusUnprocessableEntity, "invalid_answers"},
		"not UTF-8 as a key":     {`{"key":"0123456789abcdef` + notUTF8 + `",` + good + `}`, http.StatusUnprocessableEntity, "invalid_answers"},
		"a megabyte":             {`{"key":"0123456789abcdef","answers":{"Q16":"` + megabyte + `"}}`, http.StatusRequestEntityTooLarge, "too_large"},
		"a megabyte of nothing":  {strings.Repeat(" ", 1<<20), http.StatusRequestEntityTooLarge, "too_large"},
		"a thousand answers":     {`{"key":"0123456789abcdef","answers":{` + strings.TrimSuffix(strings.Repeat(`"Q":"1",`, 1000), ",") + `}}`, http.StatusUnprocessableEntity, "invalid_answers"},
	} {
		storesNothing(t, s.Data, name, func(t *testing.T) {
			s.ask(t, http.MethodPost, path, "", test.body).refused(t, test.status, test.code)
		})
	}
	forms := map[string]struct {
		body   any
		status int
	}{
		"a form of a megabyte":   {url.Values{"Q16": {megabyte}}, http.StatusRequestEntityTooLarge},
		"JSON where a form is":   {`{"key":"0123456789abcdef",` + good + `}`, http.StatusUnprocessableEntity},
		"a form of 5,000 fields": {url.Values{"Q1": strings.Split(strings.Repeat("1,", 5000), ",")}, http.StatusUnprocessableEntity},
	}
	for name, test := range forms {
		storesNothing(t, s.Data, name, func(t *testing.T) {
			r := s.ask(t, http.MethodPost, "/s/"+demo.Poster, "", test.body)
			s.clearPage(t, r, test.status)
		})
	}
}

// clearPage wants a page that says what is the matter and gives nothing away.
func (s *server) clearPage(t *testing.T, r reply, status int) {
	t.Helper()
	if r.Status != status || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		t.Fatalf("status %d of %s, want a page with %d", r.Status, r.Header.Get("Content-Type"), status)
	}
	heading := between(r.Body, "<h1>", "</h1>")
	if heading == "" || !strings.Contains(r.Body, "<main") {
		t.Errorf("the page says nothing:\n%s", r.Body)
	}
	for _, inside := range []string{"error.", "resident.", "goroutine", "sql:", "panic"} {
		if strings.Contains(between(r.Body, "<main", "</main>"), inside) {
			t.Errorf("the page shows something of the inside: %q", inside)
		}
	}
}

// Codes that lead to no form each have a page, or a JSON error, of their own.
func TestBadCodes(t *testing.T) {
	s, demo := serveDemo(t)
	mistyped := "0" + demo.Poster[1:]
	if demo.Poster[0] == '0' {
		mistyped = "1" + demo.Poster[1:]
	}
	form := url.Values{"key": {newKey()}, "unit": {"1"}, "room": {"101"}, "S1": {"OWNER"}, "S2": {"Y"}}
	for name, code := range map[string]string{
		"mistyped": mistyped, "unknown": "00000000", "short": "7KQ4", "long": strings.Repeat("7KQ4M2XD", 400),
		"other signs": "%F0%9F%8F%A0", "not UTF-8": "%ff%fe", "a null": "7KQ4%00", "SQL": url.PathEscape(injection), "a way up": "..%2f..%2fetc",
	} {
		storesNothing(t, s.Data, name, func(t *testing.T) {
			s.clearPage(t, s.get(t, "/s/"+code), http.StatusNotFound)
			s.clearPage(t, s.ask(t, http.MethodPost, "/s/"+code, "", form), http.StatusNotFound)
			s.clearPage(t, s.get(t, "/r/"+code), http.StatusNotFound)
			r := s.ask(t, http.MethodPost, "/api/v1/posters/"+code+"/responses", "", answerOf(ownerHere, place{Unit: "1", Room: "101"}, "5"))
			if name == "a way up" { // a path of its own
				return
			}
			r.refused(t, http.StatusNotFound, "unknown_poster")
		})
	}
	if heading := between(s.get(t, "/s/"+mistyped).Body, "<h1>", "</h1>"); heading == between(s.get(t, "/s/00000000").Body, "<h1>", "</h1>") {
		t.Errorf("mistyped and unknown codes have one page: %s", heading)
	}
	lower := s.get(t, "/s/"+strings.ToLower(demo.Poster))
	if lower.Status != http.StatusMovedPermanently || lower.Header.Get("Location") != "/s/"+demo.Poster {
		t.Errorf("a code in small letters: %d %s", lower.Status, lower.Header.Get("Location"))
	}
}

// A closed campaign takes nothing and says so.
func TestClosedTakesNothing(t *testing.T) {
	s, demo := serveDemo(t)
	if r := s.get(t, "/s/"+demo.Poster); r.Status != http.StatusOK {
		t.Fatalf("the form: %d", r.Status)
	}
	if r := s.say(t, demo.APIToken, demo.Campaign, "close", "调查期已满"); r.Status != http.StatusOK {
		t.Fatalf("close: %d %s", r.Status, r.Body)
	}
	storesNothing(t, s.Data, "closed", func(t *testing.T) {
		home := demo.roomOf(0)
		s.clearPage(t, s.ask(t, http.MethodPost, "/s/"+demo.Poster, "", badAnswer{}.form(home)), http.StatusForbidden)
		s.ask(t, http.MethodPost, "/api/v1/posters/"+demo.Poster+"/responses", "", answerOf(ownerHere, home, "5")).
			refused(t, http.StatusForbidden, "closed")
		bad := answerOf(ownerHere, home, "9") // not even a good answer: closed comes first
		s.ask(t, http.MethodPost, "/api/v1/posters/"+demo.Poster+"/responses", "", bad).refused(t, http.StatusForbidden, "closed")
	})
	for _, language := range []string{"zh", "en"} {
		path := "/s/" + demo.Poster + "?lang=" + language
		soon(t, 2*time.Second, "the form is gone", func() bool { return s.get(t, path).Status == http.StatusForbidden })
		s.clearPage(t, s.get(t, path), http.StatusForbidden)
	}
}
