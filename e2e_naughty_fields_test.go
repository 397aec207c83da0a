package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"meihao/static"
	"meihao/survey"
)

const formKind = "application/x-www-form-urlencoded"

// Every naughty string in every field of the form and of the API: nothing
// fails, nothing is stored but what was acknowledged, comments to the letter.
func TestNaughtyStringsInFields(t *testing.T) {
	sqliteOnly(t, "the fields are read before any engine")
	strings := naughtyStrings(t)
	s, demo := serveDemo(t)
	aim := newAim(t, demo)
	s.storesWhatItTook(t, func() *told { return s.fire(t, aim.forms(strings)) })
	s.storesWhatItTook(t, func() *told { return s.fire(t, aim.bodies(strings)) })
	storesNothing(t, s.Data, "asking for another face of the form", func(t *testing.T) { s.fire(t, aim.shows(strings)).none(t) })
}

// aim knows the fields and the homes that nothing has been sent for.
type aim struct {
	poster    string
	questions []string // ids
	comment   string   // the id of the comment
	next      int      // home
}

func newAim(t *testing.T, demo demoFile) *aim {
	t.Helper()
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	a := &aim{poster: demo.Poster, comment: q.Role(survey.CommentRole).ID}
	for _, one := range q.Questions {
		a.questions = append(a.questions, one.ID)
	}
	return a
}

// good are the fields of an answer that would be taken, for a home of its own.
func (a *aim) good() url.Values {
	a.next++
	return url.Values{"key": {newKey()}, "unit": {fmt.Sprint(1 + a.next%4)}, "room": {fmt.Sprintf("N%d", a.next)},
		"S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"4"}}
}

// everywhere is the name of all fields at once.
const everywhere = ""

// fields are those that are tried one by one, of each kind one, and all at
// once, since an answer is read to its end whatever is wrong with its beginning.
func (a *aim) fields() []string {
	return []string{"S1", "Q1", "Q8b", "Q13", a.comment, "building", "unit", "room", "code", "lane", "key", everywhere}
}

// fieldsOfPages are those of them whose pages differ.
func (a *aim) fieldsOfPages() []string {
	return []string{"Q1", a.comment, "building", "room", "key", everywhere}
}

func (a *aim) all() []string {
	return append(slices.Clone(a.questions), "building", "unit", "room", "code", "lane", "key", "receipt")
}

// with is a good answer with a naughty string in a field.
func (a *aim) with(field, naughty string) url.Values {
	form := a.good()
	if field != everywhere {
		form.Set(field, naughty)
		return form
	}
	for _, one := range a.all() {
		form.Set(one, naughty)
	}
	return form
}

// kept is how a comment is stored: without blanks at its ends, its lines ended
// as on this machine, a blank for other control characters.
func kept(comment string) string {
	comment = strings.TrimSpace(strings.ReplaceAll(comment, "\r\n", "\n"))
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, comment)
}

func (a *aim) forms(strings []string) (shots []shot) {
	for _, naughty := range strings {
		for _, field := range a.fieldsOfPages() {
			form := a.with(field, naughty)
			shots = append(shots, shot{method: http.MethodPost, path: "/s/" + a.poster, kind: formKind, body: form.Encode(),
				what: fmt.Sprintf("%.60q in the form's %s", naughty, field), comment: kept(form.Get(a.comment))})
		}
		form := a.with(everywhere, naughty)
		shots = append(shots, shot{method: http.MethodPost, path: "/s/" + a.poster + "/again", kind: formKind, body: form.Encode(), what: fmt.Sprintf("%.60q in another answer", naughty)},
			shot{method: http.MethodPost, path: "/s/" + a.poster, kind: formKind, body: url.QueryEscape(naughty) + "=" + url.QueryEscape(naughty) + "&" + a.good().Encode(), what: fmt.Sprintf("%.60q as the name of a field", naughty)},
			shot{method: http.MethodPost, path: "/s/" + a.poster, kind: formKind, body: naughty, what: fmt.Sprintf("%.60q as a form", naughty)})
	}
	return shots
}

// shows ask for the form in another language or size, with everything typed.
func (a *aim) shows(strings []string) (shots []shot) {
	for _, naughty := range strings {
		form := a.with(everywhere, naughty)
		form.Set("show", "size:xl")
		odd := a.good()
		odd.Set("show", naughty)
		odd.Del("S1") // not an answer, whatever it asks for
		for what, body := range map[string]url.Values{"a form shown again": form, "show": odd} {
			shots = append(shots, shot{method: http.MethodPost, path: "/s/" + a.poster, kind: formKind, body: body.Encode(), what: fmt.Sprintf("%.60q in %s", naughty, what)})
		}
	}
	return shots
}

// bodies are the same as JSON.
func (a *aim) bodies(strings []string) (shots []shot) {
	path := "/api/v1/posters/" + a.poster + "/responses"
	for _, naughty := range strings {
		for _, field := range a.fields() {
			form := a.with(field, naughty)
			body := badAnswer{change: maps.Clone(form)}.body(place{})
			if field == "code" || field == everywhere {
				delete(body["answers"].(map[string]any), "code")
				body["code"] = naughty
			}
			// What is not UTF-8 is no JSON, and the whole answer is refused.
			shots = append(shots, shot{method: http.MethodPost, path: path, kind: "application/json", body: asText(body),
				what: fmt.Sprintf("%.60q in the body's %s", naughty, field), comment: kept(form.Get(a.comment))})
		}
		shots = append(shots, shot{method: http.MethodPost, path: path, kind: "application/json", body: naughty, what: fmt.Sprintf("%.60q as a body", naughty)})
	}
	return shots
}

// asText writes JSON and leaves what is not UTF-8 as it is.
func asText(v any) string {
	switch v := v.(type) {
	case string:
		if quoted, err := json.Marshal(v); err == nil && strings.ToValidUTF8(v, "") == v {
			return string(quoted)
		}
		return asJSON(v)
	case map[string]any:
		var parts []string
		for name, one := range v {
			parts = append(parts, asText(name)+":"+asText(one))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []string:
		var parts []string
		for _, one := range v {
			parts = append(parts, asText(one))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return "null"
}

// none wants no answer to have been taken.
func (a *told) none(t *testing.T) {
	t.Helper()
	if a.taken != 0 {
		t.Errorf("%d answers were taken", a.taken)
	}
}

// storesWhatItTook runs a part of a test after which the answers stored are
// those that were acknowledged, of owners who live there, and no other.
func (s *server) storesWhatItTook(t *testing.T, part func() *told) {
	t.Helper()
	before, start, said := residentsOf(t, s.Data), time.Now(), commentsOf(t, s.Data)
	all := part()
	all.took(t, start)
	after := residentsOf(t, s.Data)
	got := [4]int64{after.Responses - before.Responses, after.Claims - before.Claims, after.Turnout - before.Turnout, after.Comments - before.Comments}
	if want := [4]int64{all.taken, 2 * all.taken, all.taken, int64(len(all.comments))}; got != want {
		t.Errorf("responses, claims, turnout, comments grew by %v, want %v", got, want)
	}
	if all.taken == 0 || len(all.comments) == 0 {
		t.Errorf("%d answers with %d comments were taken, so it proves little", all.taken, len(all.comments))
	}
	want := append(said, all.comments...)
	slices.Sort(want)
	if diff := cmp.Diff(want, commentsOf(t, s.Data)); diff != "" {
		t.Errorf("comments (-sent +stored):\n%s", diff)
	}
}

// commentsOf are all comments, in order.
func commentsOf(t *testing.T, data string) (list []string) {
	t.Helper()
	db := stored(t, data)
	defer func() { _ = db.Close() }()
	found, err := db.QueryContext(context.Background(), "SELECT text FROM comments")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	for found.Next() {
		var text string
		if err := found.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}
