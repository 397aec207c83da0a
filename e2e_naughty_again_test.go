package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Naughty strings in another answer: its comment is kept to the letter, and
// what is refused leaves the one before as it was.
func TestNaughtyStringsInAnotherAnswer(t *testing.T) {
	sqliteOnly(t, "the fields are read before any engine")
	s, demo := serveDemo(t)
	others := commentsOf(t, s.Data)
	aim := newAim(t, demo)
	first := aim.good()
	r := s.ask(t, http.MethodPost, "/s/"+demo.Poster, "", first)
	_, receipt, _ := strings.Cut(r.Header.Get("Location"), "receipt=")
	var name, change string
	for _, one := range r.Header.Values("Set-Cookie") {
		if begin, value, _ := strings.Cut(one, "="); strings.HasPrefix(begin, "mh_change_") {
			name = begin
			change, _, _ = strings.Cut(value, ".") // without its turn
		}
	}
	if r.Status != http.StatusSeeOther || receipt == "" || change == "" {
		t.Fatalf("the first answer: %d, receipt %q, change key %q", r.Status, receipt, change)
	}
	path, before, comment := "/s/"+demo.Poster+"/again", residentsOf(t, s.Data), ""
	send := func(cookie string, form url.Values) (taken bool) {
		told := &told{statuses: map[int]int{}}
		told.fire(t, s, shot{method: http.MethodPost, path: path, kind: formKind, body: form.Encode(), header: http.Header{"Cookie": {name + "=" + cookie}}, what: form.Encode()})
		return told.taken > 0
	}
	taken := 0
	for _, naughty := range ownNaughty() {
		if send(change, url.Values{"receipt": {receipt}, "Q1": {"4"}, aim.comment: {naughty}}) {
			comment = kept(naughty)
			taken++
		}
		for what, refused := range map[string]bool{
			"a receipt":           send(change, url.Values{"receipt": {naughty}, "Q1": {"1"}, aim.comment: {"x"}}),
			"a key":               send(url.QueryEscape(naughty), url.Values{"receipt": {receipt}, "Q1": {"1"}, aim.comment: {"x"}}),
			"a good key and more": send(change[:len(change)-1]+url.QueryEscape(naughty), url.Values{"receipt": {receipt}, "Q1": {"1"}, aim.comment: {"x"}}),
			"an answer":           send(change, url.Values{"receipt": {receipt}, "Q1": {"x" + naughty}, aim.comment: {"x"}}),
			"a household":         send(change, url.Values{"receipt": {receipt}, "Q1": {"1"}, "Q99": {naughty}, aim.comment: {"x"}}),
		} {
			if refused {
				t.Errorf("%.60q as %s was taken", naughty, what)
			}
		}
		want := slices.Clone(others)
		if comment != "" {
			want = append(want, comment)
			slices.Sort(want)
		}
		if diff := cmp.Diff(want, commentsOf(t, s.Data)); diff != "" {
			t.Fatalf("after %.60q the comments are (-sent +stored):\n%s", naughty, diff)
		}
	}
	if taken < 60 {
		t.Errorf("only %d answers were taken, so it proves little", taken)
	}
	after := residentsOf(t, s.Data)
	after.Comments, after.Tallies, before.Comments, before.Tallies = 0, "", 0, ""
	if after != before {
		t.Errorf("there are %+v, before %+v", after, before)
	}
}
