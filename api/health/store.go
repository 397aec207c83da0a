package health

import (
	"context"
	"time"

	"meihao/survey"
	"meihao/survey/intake"
)

// Store is the desk's store, watched: a database can begin changes and still
// not keep them (a disk that gives errors, a server set to read only).
func (h *Health) Store(next intake.Store) intake.Store { return watchedStore{next, h} }

type watchedStore struct {
	next   intake.Store
	health *Health
}

func (s watchedStore) SaveResponses(ctx context.Context, group []survey.Submission) ([]survey.Saved, error) {
	saved, err := s.next.SaveResponses(ctx, group)
	s.health.tried(err)
	return saved, err
}

// tried takes note of an attempt to save.
func (h *Health) tried(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil {
		h.failed = 0
		return
	}
	h.failed++
	h.fault = time.Now()
}
