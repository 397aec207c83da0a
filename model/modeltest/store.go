package modeltest

import (
	"sync"
	"testing"
	"time"

	"meihao/model"
	"meihao/static"
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

// Open opens a store on a database in dir, through the constructor that the
// program uses. It is closed when the test ends.
func Open(t testing.TB, dir string, clock *Clock) *model.Store {
	t.Helper()
	s, err := model.Open(t.Context(), model.Settings{
		Data: dir, MasterKey: MasterKey(), Questionnaire: static.Questionnaire, Now: clock.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// Each runs a test on a fresh, empty store of every engine.
func Each(t *testing.T, f func(t *testing.T, s *model.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, Open(t, t.TempDir(), NewClock())) })
}

// EachWorld runs a test in a fresh World on every engine.
func EachWorld(t *testing.T, f func(t *testing.T, w *World)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, New(t)) })
}
