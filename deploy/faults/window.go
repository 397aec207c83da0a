package main

import (
	"sync"
	"time"
)

// try is one request of the load and what came of it.
type try struct {
	start, end time.Time
	reply      reply
	err        error // no answer, or a broken one
	first      bool  // the first time that this key was sent
}

// fresh says that this very request was stored, and that it is no retry.
func (t try) fresh() bool {
	return t.err == nil && t.reply.acknowledged() && (t.reply.status == statusCreated || t.reply.status == statusForm && t.first)
}

// window counts the tries of a span of time, while something is broken or
// after it was mended.
type window struct {
	mu       sync.Mutex
	from, to time.Time // to is zero while it is open

	fresh   int           // begun within it and newly stored
	busy    int           // refused with 503
	broken  int           // without an answer
	slowest time.Duration // until an answer, or until it was given up
	back    time.Time     // the first fresh acknowledgement
}

// see counts a try that was under way in the window.
func (w *window) see(t try) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t.end.Before(w.from) || !w.to.IsZero() && t.start.After(w.to) {
		return
	}
	start := t.start
	if start.Before(w.from) {
		start = w.from
	}
	w.slowest = max(w.slowest, t.end.Sub(start))
	switch {
	case t.err != nil:
		w.broken++
	case t.reply.status == statusBusy:
		w.busy++
	case t.fresh() && !t.start.Before(w.from) && (w.to.IsZero() || !t.end.After(w.to)):
		w.fresh++
		if w.back.IsZero() {
			w.back = t.end
		}
	}
}

// counts are the window's figures so far.
type counts struct {
	fresh, busy, broken int
	slowest             time.Duration
	back                time.Duration // from the beginning to the first fresh one, 0 for none yet
}

func (w *window) counts() counts {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := counts{fresh: w.fresh, busy: w.busy, broken: w.broken, slowest: w.slowest}
	if !w.back.IsZero() {
		c.back = max(1, w.back.Sub(w.from))
	}
	return c
}

// close ends the window. Tries that are still under way belong to it.
func (w *window) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.to = time.Now()
}
