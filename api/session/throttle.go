package session

import (
	"crypto/sha256"
	"strings"
	"sync"
	"time"
)

const (
	forget      = 15 * time.Minute // failures older than this are forgotten
	longest     = 30 * time.Second // nobody waits longer: there is no lock-out
	longestWide = 5 * time.Second  // the same for a user name or an address alone
	mostEntries = 10_000           // beyond it the oldest are dropped
	freeOfPair  = 3                // failures of a user name from an address before delays begin
	freeOfWide  = 100              // of a user name or an address alone within forget
)

// throttle slows down who fails to sign in. What counts is the user name
// together with the address: who keeps failing in somebody's name delays
// neither that person elsewhere nor the others behind one address. A user name
// from everywhere and an address with all its names are slowed down only after
// many more failures, and little. It lives in this process's memory: what must
// be right does not depend on it.
type throttle struct {
	now     func() time.Time
	mu      sync.Mutex
	entries map[[32]byte]entry
}

type entry struct {
	failures    int
	since, last time.Time // of the first and the last failure
}

// rule says when delays begin and where they end.
type rule struct {
	free    int
	longest time.Duration
	window  bool // counts failures within forget of the first, not of the last
}

// counter is one of the keys that an attempt counts for.
type counter struct {
	key  [32]byte
	rule rule
}

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, entries: map[[32]byte]entry{}}
}

// attempt asks whether somebody may try now. If so, the try is counted as a
// failure at once, so that many tries side by side gain nothing; success
// takes it back. Else it says how long to wait.
func (t *throttle) attempt(username, address string) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, counters := t.now(), countersOf(username, address)
	for _, c := range counters {
		wait = max(wait, t.waits(c, now))
	}
	if wait > 0 {
		return wait
	}
	for _, c := range counters {
		t.count(c, now)
	}
	return 0
}

// success forgets the failures of a user name from an address, and takes back
// the one that the attempt counted for each of them alone.
func (t *throttle) success(username, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	counters := countersOf(username, address)
	delete(t.entries, counters[0].key)
	for _, c := range counters[1:] {
		if e, known := t.entries[c.key]; known {
			e.failures = max(0, e.failures-1)
			t.entries[c.key] = e
		}
	}
}

func (t *throttle) waits(c counter, now time.Time) time.Duration {
	e, known := t.entries[c.key]
	if !known || e.failures < c.rule.free || c.rule.over(e, now) {
		return 0
	}
	delay := min(c.rule.longest, time.Second<<min(e.failures-c.rule.free, 10))
	return max(0, e.last.Add(delay).Sub(now))
}

func (t *throttle) count(c counter, now time.Time) {
	e, known := t.entries[c.key]
	if !known || c.rule.over(e, now) {
		e = entry{since: now}
	}
	if len(t.entries) >= mostEntries {
		t.sweep(now)
	}
	e.failures, e.last = e.failures+1, now
	t.entries[c.key] = e
}

// over says whether failures are forgotten by now.
func (r rule) over(e entry, now time.Time) bool {
	from := e.last
	if r.window {
		from = e.since
	}
	return now.Sub(from) > forget
}

// sweep drops what is forgotten anyway and, if that is not enough, the older
// half by age limit: a flood of names must not fill the memory.
func (t *throttle) sweep(now time.Time) {
	for age := forget; len(t.entries) >= mostEntries*3/4 && age > time.Millisecond; age /= 2 {
		for key, e := range t.entries {
			if now.Sub(e.last) > age {
				delete(t.entries, key)
			}
		}
	}
	if len(t.entries) >= mostEntries {
		clear(t.entries)
	}
}

// countersOf are what an attempt counts for: the pair first, then the user
// name and the address alone.
func countersOf(username, address string) [3]counter {
	username = strings.ToLower(username)
	wide := rule{freeOfWide, longestWide, true}
	return [3]counter{
		{sha256.Sum256([]byte("pair " + address + " " + username)), rule{freeOfPair, longest, false}},
		{sha256.Sum256([]byte("user " + username)), wide},
		{sha256.Sum256([]byte("host " + address)), wide},
	}
}
