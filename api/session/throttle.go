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
	mostEntries = 10_000           // beyond it the oldest are dropped
	freeOfUser  = 3                // failures of a user name before delays begin
	freeOfHost  = 20               // of an address: an office shares one
)

// throttle slows down who fails to sign in, by user name and by address. It
// lives in this process's memory: what must be right does not depend on it.
type throttle struct {
	now     func() time.Time
	mu      sync.Mutex
	entries map[[32]byte]entry
}

type entry struct {
	failures int
	last     time.Time
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
	user, host := keys(username, address)
	now := t.now()
	wait = max(t.waits(user, freeOfUser, now), t.waits(host, freeOfHost, now))
	if wait > 0 {
		return wait
	}
	t.count(user, now)
	t.count(host, now)
	return 0
}

// success forgets a user's failures and takes back the one of the address.
func (t *throttle) success(username, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	user, host := keys(username, address)
	delete(t.entries, user)
	if e, known := t.entries[host]; known {
		e.failures--
		t.entries[host] = e
	}
}

func (t *throttle) waits(key [32]byte, free int, now time.Time) time.Duration {
	e, known := t.entries[key]
	if !known || e.failures < free || now.Sub(e.last) > forget {
		return 0
	}
	delay := min(longest, time.Second<<min(e.failures-free, 10))
	return max(0, e.last.Add(delay).Sub(now))
}

func (t *throttle) count(key [32]byte, now time.Time) {
	e := t.entries[key]
	if now.Sub(e.last) > forget {
		e = entry{}
	}
	if len(t.entries) >= mostEntries {
		t.sweep(now)
	}
	t.entries[key] = entry{e.failures + 1, now}
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

func keys(username, address string) (user, host [32]byte) {
	return sha256.Sum256([]byte("user " + strings.ToLower(username))), sha256.Sum256([]byte("host " + address))
}
