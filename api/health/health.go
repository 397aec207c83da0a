// Package health says whether this server can save an answer now, for /readyz
// and for whoever stands in front of it.
//
// Ready means: the database is there, a change can begin in time, the disk
// has room, the last attempts to save did not all fail, and the server is not
// about to stop. A full queue is not unready: the server saves as fast as it
// can and tells who comes too much to come back, while taking it out would
// only fill its neighbours' queues.
package health

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// Limit is how long a look at the store may take.
	Limit = 2 * time.Second
	// remembered is how long its result stands: health checks of any number
	// cost the store one look a second.
	remembered = time.Second
	// Floor is the free space in bytes under which a disk is full: the log
	// beside the database and its checkpoint must still have room. Of a disk
	// under 1.25 GiB it is a twentieth.
	Floor = 64 << 20
	// faults in a row, with nothing saved between them, are the store's and
	// not a submission's; after pause one more attempt is worth it.
	faults = 3
	pause  = 10 * time.Second
)

// Reason says in one word why a server is not ready. It is the error that
// Ready returns and all that strangers are told.
type Reason string

// The reasons.
const (
	Stopping Reason = "stopping" // it was told to end
	Database Reason = "database" // not reached, or no change can begin in time
	Disk     Reason = "disk"     // less than Floor is free
	Saving   Reason = "saving"   // the last groups of answers all failed
)

// Error is the word.
func (r Reason) Error() string { return string(r) }

// Options are what is looked at.
type Options struct {
	// Database begins a change and takes it back, or says why it cannot.
	Database func(context.Context) error
	// Disk is the space where answers are kept, in bytes; nil where that is
	// not a disk of this machine.
	Disk func() (free, size uint64, err error)
	Log  *slog.Logger
}

// Health is safe for use by many goroutines.
type Health struct {
	o       Options
	leaving atomic.Bool

	mu     sync.Mutex
	last   *check
	told   error     // result of the last look, as it was logged
	failed int       // attempts to save since the last that succeeded
	fault  time.Time // when the last one failed
}

// check is one look at the store. All who ask while it is under way, and
// until it is no longer remembered, share it.
type check struct {
	began  time.Time
	done   chan struct{}
	ended  time.Time // set, as result is, before done is closed
	result error
}

// New makes a Health that has not looked yet.
func New(o Options) *Health { return &Health{o: o} }

// Leave makes Ready say Stopping from now on.
func (h *Health) Leave() { h.leaving.Store(true) }

// Ready is nil while answers can be saved, else a Reason. It answers within
// Limit, and ends early with ctx.
func (h *Health) Ready(ctx context.Context) error {
	if h.leaving.Load() {
		return Stopping
	}
	c := h.current()
	if c == nil {
		return Saving
	}
	late := time.NewTimer(time.Until(c.began.Add(Limit)))
	defer late.Stop()
	select {
	case <-c.done:
		return c.result
	case <-late.C:
	case <-ctx.Done():
	}
	return Database
}

// current is the look that counts now, nil where none is needed: what was
// tried last could not be saved.
func (h *Health) current() *check {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.failed >= faults && time.Since(h.fault) < pause {
		return nil
	}
	if h.last == nil || h.last.old() {
		h.last = &check{began: time.Now(), done: make(chan struct{})}
		go h.run(h.last)
	}
	return h.last
}

func (c *check) old() bool {
	select {
	case <-c.done:
		return time.Since(c.ended) >= remembered
	default:
		return false // a look that hangs is not joined by more of them
	}
}

// run looks on behalf of all: whoever asked first may leave.
func (h *Health) run(c *check) {
	defer close(c.done)
	ctx, cancel := context.WithTimeout(context.Background(), Limit)
	defer cancel()
	var fault error
	c.result, fault = h.look(ctx)
	c.ended = time.Now()
	h.log(c.result, fault)
}

// look is nil or the reason, and what lies behind it.
func (h *Health) look(ctx context.Context) (reason, fault error) {
	if h.o.Disk != nil {
		// Where the space cannot be told, the database has to.
		if free, size, err := h.o.Disk(); err == nil && free < min(Floor, size/20) {
			return Disk, fmt.Errorf("%d bytes are free", free)
		}
	}
	if err := h.o.Database(ctx); err != nil {
		return Database, err
	}
	return nil, nil
}

// log tells changes only: health checks come every second, for hours.
func (h *Health) log(reason, fault error) {
	h.mu.Lock()
	changed := h.told != reason //nolint:errorlint // both are bare words
	h.told = reason
	h.mu.Unlock()
	switch {
	case !changed:
	case reason == nil:
		h.o.Log.Info("ready again")
	default:
		h.o.Log.Warn("not ready", "reason", reason, "error", fault)
	}
}
