package main

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// loadRun sends visits and keeps a ledger outside of the program: what was
// attempted, and what was acknowledged with which receipt.
type loadRun struct {
	t      *testing.T
	server func() *server // the one that runs now
	count  ledger         // our own recount of what must be taken
	sent   atomic.Int64   // requests that were answered

	mu           sync.Mutex
	attempted    map[string]bool // by submission key
	acknowledged map[string]receipt
}

// receipt is an acknowledgement with the request that got it.
type receipt struct {
	text   string
	poster string
	given  given
}

func newLoadRun(t *testing.T, current func() *server) *loadRun {
	return &loadRun{t: t, server: current, count: ledger{}, attempted: map[string]bool{}, acknowledged: map[string]receipt{}}
}

// send makes all visits from 64 connections and waits for the end.
func (l *loadRun) send(plan []visit) {
	plan = slices.Clone(plan)
	rand.Shuffle(len(plan), func(i, j int) { plan[i], plan[j] = plan[j], plan[i] })
	queue := make(chan visit)
	var workers sync.WaitGroup
	for range connections {
		workers.Go(func() {
			for v := range queue {
				l.visit(v)
			}
		})
	}
	for _, v := range plan {
		queue <- v
	}
	close(queue)
	workers.Wait()
}

// visit sends a home's requests and compares what comes of them.
func (l *loadRun) visit(v visit) {
	l.mu.Lock()
	want := v.outcomes(l.count)
	l.mu.Unlock()
	got, broken := make([]outcome, len(v.answers)), make([]bool, len(v.answers))
	var together sync.WaitGroup
	for i, g := range v.answers {
		if v.race {
			together.Go(func() { got[i], broken[i] = l.post(v.poster, g) })
			continue
		}
		got[i], broken[i] = l.post(v.poster, g)
	}
	together.Wait()
	if slices.Contains(broken, true) { // a broken try may have been taken: its repetition is as good
		got, want = acknowledgements(got), acknowledgements(want)
	}
	if v.race {
		slices.Sort(got)
		slices.Sort(want)
	}
	if !slices.Equal(got, want) {
		l.t.Errorf("home %+v: %v, want %v (race %v, broken %v)", v.home, got, want, v.race, broken)
	}
}

// acknowledgements does not tell a first answer from its repetition.
func acknowledgements(list []outcome) []outcome {
	list = slices.Clone(list)
	for i, one := range list {
		if one == repeats {
			list[i] = takes
		}
	}
	return list
}

// post sends one request until it is answered, with the same key, as the
// form does, and says whether a try before broke off.
func (l *loadRun) post(poster string, g given) (result outcome, broken bool) {
	l.mu.Lock()
	l.attempted[g.Key] = true
	l.mu.Unlock()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(30 * time.Millisecond) {
		status, word, err := l.server().answer(poster, g)
		if err != nil || status == http.StatusServiceUnavailable {
			broken = broken || err != nil
			continue
		}
		l.sent.Add(1)
		switch outcome(status) {
		case takes, repeats:
			l.acknowledge(g.Key, receipt{word, poster, g})
		case refuses:
		default:
			l.t.Errorf("status %d %s", status, word)
		}
		return outcome(status), broken
	}
	l.t.Errorf("no answer within 60 s")
	return 0, true
}

func (l *loadRun) acknowledge(key string, r receipt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if before, known := l.acknowledged[key]; known && before.text != r.text {
		l.t.Errorf("one request got two receipts")
	}
	l.acknowledged[key] = r
}

// lost asks for every acknowledged answer again with its own key: what does
// not come back with the same receipt is lost. It returns how many.
func (l *loadRun) lost(s *server) int64 {
	var lost atomic.Int64
	queue := make(chan receipt)
	var workers sync.WaitGroup
	for range connections {
		workers.Go(func() {
			for r := range queue {
				status, word, err := s.answer(r.poster, r.given)
				if err != nil || status != http.StatusOK || word != r.text {
					lost.Add(1)
				}
			}
		})
	}
	for _, r := range l.acknowledged {
		queue <- r
	}
	close(queue)
	workers.Wait()
	return lost.Load()
}
