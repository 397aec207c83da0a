package admin

import (
	"context"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// mostExports is how many workbooks an instance makes at once, of each account
// one (SECURITY: exports have limits of their own).
const mostExports = 4

// exportWait is how long an export waits for those before it; who does not get
// in until then is asked to come again.
const exportWait = 2 * time.Second

// exported is a handler that, where the tables of its page are asked for, runs
// only while it has a slot: loading what stands in them costs as much as
// making them.
func (h *Handlers) exported(f handle) handle {
	return func(c *gin.Context) error {
		who := actor(c).Account
		if !exporting(c) || who == 0 { // nobody's pages have no tables
			return f(c)
		}
		if err := h.exports.take(c.Request.Context(), who, exportWait); err != nil {
			return err
		}
		defer h.exports.free(who)
		return f(c)
	}
}

// slots are what exports hold while they are made. The zero value is free.
type slots struct {
	mu    sync.Mutex
	held  map[survey.ID]bool // by account
	freed chan struct{}      // closed when the next one is given back
}

// take waits for a slot; Busy where there is none within the time.
func (s *slots) take(ctx context.Context, who survey.ID, most time.Duration) error {
	limit := time.NewTimer(most)
	defer limit.Stop()
	for {
		freed, key := s.try(who)
		if key == "" {
			return nil
		}
		select {
		case <-freed:
		case <-limit.C:
			return survey.Fail(survey.Busy, key)
		case <-ctx.Done():
			return survey.Fail(survey.Busy, key)
		}
	}
}

// try takes a slot, or says why there is none and when to try again.
func (s *slots) try(who survey.ID) (freed <-chan struct{}, key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.held[who]:
		key = "error.export.own"
	case len(s.held) >= mostExports:
		key = "error.export.busy"
	default:
		if s.held == nil {
			s.held = map[survey.ID]bool{}
		}
		s.held[who] = true
		return nil, ""
	}
	if s.freed == nil {
		s.freed = make(chan struct{})
	}
	return s.freed, key
}

// free gives a slot back and wakes who waits.
func (s *slots) free(who survey.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.held, who)
	if s.freed != nil {
		close(s.freed)
		s.freed = nil
	}
}
