package resident

import (
	"context"
	"strings"
	"sync"
	"time"
)

// Opens counts how often each poster's form was shown to somebody: a GET that
// ended in the form, from memory or not, counts, and so does a reload; a HEAD,
// the form again with what was typed, and any other page do not. It counts in
// memory, by code and with nothing of who looked, until Save writes what came
// together: an instance that is killed loses the opens of some seconds, and
// never anything else.
type Opens struct {
	mu     sync.Mutex
	counts map[string]int64 // one entry for each poster opened since the last Save
}

// NewOpens counts from nothing.
func NewOpens() *Opens { return &Opens{counts: map[string]int64{}} }

// Add counts one form that was shown.
func (o *Opens) Add(code string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, known := o.counts[code]; !known {
		code = strings.Clone(code) // not with the whole request it stood in
	}
	o.counts[code]++
}

// OpensStore adds opens, by poster code, to those that other instances wrote,
// all or none of them.
type OpensStore interface {
	AddOpens(ctx context.Context, opens map[string]int64, at time.Time) error
}

// Save writes what was counted since the last one. What could not be written
// is kept for the next one.
func (o *Opens) Save(ctx context.Context, store OpensStore, now time.Time) error {
	o.mu.Lock()
	counts := o.counts
	o.counts = make(map[string]int64, len(counts))
	o.mu.Unlock()
	if len(counts) == 0 {
		return nil
	}
	err := store.AddOpens(ctx, counts, now)
	if err != nil {
		o.keep(counts)
	}
	return err
}

func (o *Opens) keep(counts map[string]int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for code, n := range counts {
		o.counts[code] += n
	}
}
