package session

import (
	"fmt"
	"testing"
	"time"
)

// Delays grow, end, and never lock anybody out; success forgets.
func TestThrottle(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	th := newThrottle(func() time.Time { return now })
	var waits []time.Duration
	for range 12 {
		if wait := th.attempt("Li", "192.0.2.1"); wait > 0 {
			waits = append(waits, wait)
			if wait > longest {
				t.Fatalf("a wait of %s", wait)
			}
			now = now.Add(wait)
			if again := th.attempt("li", "192.0.2.1"); again != 0 {
				t.Fatalf("still waiting %s after the wait", again)
			}
		}
	}
	if len(waits) != 9 || waits[0] != time.Second || waits[1] != 2*time.Second || waits[8] != longest {
		t.Errorf("waits %v", waits)
	}
	if wait := th.attempt("wang", "192.0.2.1"); wait != 0 {
		t.Errorf("another user of the same office waits %s", wait)
	}
	now = now.Add(longest)
	if wait := th.attempt("li", "192.0.2.2"); wait != 0 {
		t.Fatalf("waits %s", wait)
	}
	th.success("li", "192.0.2.2")
	for range freeOfPair {
		if wait := th.attempt("li", "192.0.2.2"); wait != 0 {
			t.Errorf("waits %s after success", wait)
		}
	}
}

// Somebody who never stops failing as admin delays neither admin elsewhere nor
// others behind the same address.
func TestThrottleLocksNobodyElseOut(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	th := newThrottle(func() time.Time { return now })
	const seconds = 4 * 60 * 60
	tries := 0
	for range seconds {
		if th.attempt("admin", "192.0.2.1") == 0 {
			tries++
		}
		now = now.Add(time.Second)
	}
	if tries > seconds/30+10 {
		t.Errorf("who keeps failing had %d tries in four hours", tries)
	}
	if wait := th.attempt("Admin", "198.51.100.7"); wait != 0 {
		t.Errorf("admin waits %s at home", wait)
	}
	if wait := th.attempt("li", "192.0.2.1"); wait != 0 {
		t.Errorf("a colleague waits %s", wait)
	}
}

// Somebody who tries many names from one address, or one name from many, is
// slowed down after many failures, by little, and for a while.
func TestThrottleWide(t *testing.T) {
	for name, attempt := range map[string]func(th *throttle, i int) time.Duration{
		"address":   func(th *throttle, i int) time.Duration { return th.attempt(fmt.Sprint("user", i), "192.0.2.1") },
		"user name": func(th *throttle, i int) time.Duration { return th.attempt("li", fmt.Sprint("192.0.2.", i)) },
	} {
		start := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
		now := start
		th := newThrottle(func() time.Time { return now })
		for i := range freeOfWide {
			if wait := attempt(th, i); wait != 0 {
				t.Fatalf("%s: attempt %d waits %s", name, i, wait)
			}
		}
		for i := range 10 {
			wait := attempt(th, freeOfWide+i)
			if wait <= 0 || wait > 5*time.Second {
				t.Errorf("%s: attempt %d waits %s", name, freeOfWide+i, wait)
			}
			now = now.Add(wait)
			if again := attempt(th, freeOfWide+i); again != 0 {
				t.Errorf("%s: still waiting %s after the wait", name, again)
			}
		}
		now = start.Add(forget + time.Second) // of the first failure, whatever came since
		if wait := attempt(th, 2*freeOfWide); wait != 0 {
			t.Errorf("%s: not forgotten: %s", name, wait)
		}
	}
}

// A flood of names does not fill the memory, and does not free the name that
// was tried just now.
func TestThrottleIsBounded(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	th := newThrottle(func() time.Time { return now })
	for i := range 3 * mostEntries {
		now = now.Add(10 * time.Millisecond)
		th.attempt(fmt.Sprint("user", i), fmt.Sprint("address", i))
		if len(th.entries) > mostEntries+1 {
			t.Fatalf("%d entries", len(th.entries))
		}
	}
}
