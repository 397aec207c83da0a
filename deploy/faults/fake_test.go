package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"meihao/survey"
)

// system is a system of answers in ten lines, true or not: what it does with
// the n-th request is told by fault.
type system struct {
	mu     sync.Mutex
	times  map[string]int // by key: how often it is stored
	asked  int
	fault  func(n int) string // "", "busy", "forget" (acknowledge only), "twice" (store again), "broken", "wrong"
	forms  atomic.Int64
	server *httptest.Server
}

func newSystem(t *testing.T, fault func(n int) string) *system {
	s := &system{times: map[string]int{}, fault: fault}
	s.server = httptest.NewServer(s)
	t.Cleanup(s.server.Close)
	return s
}

func (s *system) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form := strings.HasPrefix(r.URL.Path, "/s/")
	var sent struct{ Key string }
	if form {
		s.forms.Add(1)
		values, _ := url.ParseQuery(string(body))
		sent.Key = values.Get("key")
	} else {
		_ = json.Unmarshal(body, &sent)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	fault := s.fault(s.asked)
	status := http.StatusCreated
	if s.times[sent.Key] > 0 {
		status = http.StatusOK
	}
	switch {
	case fault == "busy":
		w.Header().Set("Retry-After", "5")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case fault == "wrong":
		w.WriteHeader(http.StatusInternalServerError)
		return
	case fault == "twice" || fault != "forget" && s.times[sent.Key] == 0:
		s.times[sent.Key]++
	}
	if fault == "broken" { // stored, and nobody hears of it
		panic(http.ErrAbortHandler)
	}
	if form {
		w.Header().Set("Location", "/s/x/done?receipt=R"+sent.Key)
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"receipt": "R" + sent.Key})
}

// stored is what its database would hold.
func (s *system) stored() stored {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := stored{}
	for key, times := range s.times {
		if times > 0 {
			found[survey.DigestOf("R"+key)] = times
		}
	}
	return found
}

// fill sends so many answers and returns the load with its ledger.
func (s *system) fill(t *testing.T, base string, most int64, change func(l *load)) *load {
	t.Helper()
	l := &load{
		call: newCaller(base, 8, false), ledger: newLedger(io.Discard), posters: []string{"POSTER01", "POSTER02"},
		number: new(atomic.Int64), workers: 8, most: most,
	}
	if change != nil {
		change(l)
	}
	stop := l.start(t.Context())
	l.finish()
	stop()
	return l
}

// weighed is the balance as settle makes it, without asking again.
func (s *system) weighed(t *testing.T, l *load) balance {
	t.Helper()
	entries, err := l.ledger.all()
	if err != nil {
		t.Fatal(err)
	}
	now := s.stored()
	b := weigh(entries, now)
	b.settled(entries, now)
	return b
}
