package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Who listens on the line, or looks at a clock, learns nothing from a receipt
// (RULES §1): counted, under review, changed, withdrawn, feedback, unknown or
// mistyped, each page has the same size, language by language, and takes the
// same time; before and after closing and sealing.
func TestReceiptsAreAlikeFromOutside(t *testing.T) {
	sqliteOnly(t, "no engine changes what a page says")
	s, demo := serveDemo(t)
	admin := s.signIn(t, demo.AdminUser, demo.AdminPassword)
	campaign := admin.openCampaign(t, "回执调查", url.Values{"feedback": {"1"}})
	posters := posterCodes(t, s.Data, campaign)
	poster, small := posters[0], posters[len(posters)-1] // of three homes
	receipts := map[string]string{
		"counted": s.accepted(t, poster, answerOf(ownerHere, place{Unit: "1", Room: "101"}, "5")),
		"changed": s.answeredAgain(t, poster, "102", url.Values{"Q1": {"1"}, "Q16": {strings.Repeat("长", 200)}}), "withdrawn": s.answeredAgain(t, poster, "103", url.Values{}),
	}
	for i := range 12 {
		receipts["under review"] = s.accepted(t, small, answerOf(ownerHere, place{Room: fmt.Sprint(101 + i)}, "5"))
	}
	open := s.ask(t, http.MethodPost, "/s/"+poster, "", url.Values{"key": {newKey()}, "lane": {"open"}, "S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"2"}})
	_, receipts["feedback"], _ = strings.Cut(open.Header.Get("Location"), "receipt=")
	receipts["unknown"] = strings.Repeat("0", len(receipts["counted"]))
	receipts["mistyped"] = mistyped(receipts["counted"])
	pages := s.alike(t, "open", receipts)
	if pages["counted"] == pages["under review"] || pages["counted"] == pages["unknown"] {
		t.Error("all receipts say the same: nothing is compared")
	}
	symbols := regexp.MustCompile(`[0-9A-Z]{3,}`) // of the receipt, however it is set
	for _, state := range []string{"changed", "withdrawn"} {
		if diff := cmp.Diff(symbols.ReplaceAllString(pages["counted"], ""), symbols.ReplaceAllString(pages[state], "")); diff != "" {
			t.Errorf("a receipt tells that something was %s (-counted +%s):\n%s", state, state, diff)
		}
	}
	for _, step := range []string{"close", "seal"} {
		if r := s.say(t, demo.APIToken, campaign, step, "按计划办理"); r.Status >= http.StatusBadRequest {
			t.Fatalf("%s: %d %s", step, r.Status, r.Body)
		}
		s.alike(t, "after "+step, receipts)
	}
}

// answeredAgain answers and puts something else in its place.
func (s *server) answeredAgain(t *testing.T, poster, room string, again url.Values) (receipt string) {
	t.Helper()
	r := s.ask(t, http.MethodPost, "/s/"+poster, "", url.Values{"key": {newKey()}, "unit": {"1"}, "room": {room}, "S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"4"}})
	_, receipt, _ = strings.Cut(r.Header.Get("Location"), "receipt=")
	again.Set("receipt", receipt)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/s/"+poster+"/again", strings.NewReader(again.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, line := range r.Header["Set-Cookie"] {
		if pair, _, _ := strings.Cut(line, ";"); strings.HasPrefix(pair, "mh_change_") {
			request.Header.Set("Cookie", pair)
		}
	}
	if r, err = do(s.client, request); err != nil || r.Status != http.StatusSeeOther {
		t.Fatalf("answering again: %d %v\n%s", r.Status, err, r.Body)
	}
	return receipt
}

// Times are compared by their medians; what a busy machine adds meets all of
// them alike, since they are asked for at the same moment.
const (
	looks = 9
	noise = 15 * time.Millisecond
)

// alike compares the pages of receipts and returns them, in Chinese.
func (s *server) alike(t *testing.T, when string, receipts map[string]string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, language := range []string{"en", "zh"} {
		var mu sync.Mutex
		sizes, took := map[string]string{}, map[string][]time.Duration{}
		for range looks {
			var group sync.WaitGroup
			for state, receipt := range receipts {
				group.Go(func() {
					start := time.Now()
					r, err := s.send(http.MethodGet, "/r/"+receipt+"?lang="+language, "", nil)
					past := time.Since(start)
					mu.Lock()
					defer mu.Unlock()
					if err != nil || r.Header.Get("Content-Encoding") != "" {
						t.Errorf("%s, %s: %v %v", when, state, err, r.Header)
					}
					pages[state], sizes[state] = r.Body, r.Header.Get("Content-Length")
					took[state] = append(took[state], past)
				})
			}
			group.Wait()
		}
		var medians []time.Duration
		for state := range receipts {
			if sizes[state] == "" || sizes[state] != sizes["counted"] {
				t.Errorf("%s, %s: the page of %q has %q bytes, that of one counted %q", when, language, state, sizes[state], sizes["counted"])
			}
			slices.Sort(took[state])
			medians = append(medians, took[state][looks/2])
		}
		if between := slices.Max(medians) - slices.Min(medians); between > noise {
			t.Errorf("%s, %s: the times tell states apart: %v", when, language, medians)
		}
	}
	return pages
}
