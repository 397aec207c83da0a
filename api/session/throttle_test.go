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
	for range freeOfUser {
		if wait := th.attempt("li", "192.0.2.2"); wait != 0 {
			t.Errorf("waits %s after success", wait)
		}
	}
}

// Somebody who tries many names is slowed down by address.
func TestThrottleAddress(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	th := newThrottle(func() time.Time { return now })
	for i := range freeOfHost {
		if wait := th.attempt(fmt.Sprint("user", i), "192.0.2.1"); wait != 0 {
			t.Fatalf("attempt %d waits %s", i, wait)
		}
	}
	if th.attempt("one more", "192.0.2.1") == 0 {
		t.Error("an address may try for ever")
	}
	now = now.Add(forget + time.Second)
	if wait := th.attempt("one more", "192.0.2.1"); wait != 0 {
		t.Errorf("not forgotten: %s", wait)
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
