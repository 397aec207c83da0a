package model

import (
	"context"
	"sync"
	"time"

	"meihao/survey"
)

// Statements that write the hour in which something was last used.
const (
	bearerUsed = "UPDATE tokens SET used = ? WHERE id = ? AND used < ?" //nolint:gosec // no credential
	wallUse    = "UPDATE walls SET opened = ? WHERE id = ? AND opened < ?"
)

// useTime is how long writing an hour may take: it waits behind answers.
const useTime = 10 * time.Second

// uses writes when tokens and walls were last used: to the hour, once an hour
// each, beside the request, which never waits for it. Where it cannot be
// written the next use tries again. The zero value is ready.
type uses struct {
	mu     sync.Mutex
	hours  map[survey.ID]int64 // what was written or is being written
	closed bool
	under  sync.WaitGroup
}

// note writes down that something is used now; before is when it was, as it
// was read.
func (u *uses) note(s *Store, statement string, id survey.ID, before time.Time) {
	hour := millis(s.now().Truncate(time.Hour))
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed || millis(before) >= hour || u.hours[id] >= hour {
		return
	}
	if u.hours == nil {
		u.hours = map[survey.ID]int64{}
	}
	u.hours[id] = hour
	u.under.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), useTime)
		defer cancel()
		err := s.persist(ctx, func() error {
			_, err := s.writer().ExecContext(ctx, statement, hour, id, hour)
			return err
		})
		if err != nil {
			u.mu.Lock()
			delete(u.hours, id)
			u.mu.Unlock()
		}
	})
}

// close waits for what is being written and writes nothing more.
func (u *uses) close() {
	u.mu.Lock()
	u.closed = true
	u.mu.Unlock()
	u.under.Wait()
}
