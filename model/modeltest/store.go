package modeltest

import (
	"sync"
	"time"
)

// MasterKey is the master key of every test store.
func MasterKey() [32]byte { return [32]byte{1, 2, 3, 4, 5, 6, 7, 8} }

// Clock is a clock that stands until it is moved. Safe for many goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock stands at 1 September 2026, 10:00 in Beijing.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, 9, 1, 10, 0, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))}
}

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to a time.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Add moves the clock on.
func (c *Clock) Add(d time.Duration) { c.Set(c.Now().Add(d)) }
