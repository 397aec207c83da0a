package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"meihao/model/modeltest/mariadb"
)

// The limits of SECURITY.
const (
	goneLimit = 3 * time.Second // until a request without a database is refused
	backLimit = 5 * time.Second // from the database's return to the first answer saved
)

// killDatabase: kill -9 of the database, which comes back after a while. The
// server lives on; meanwhile every answer is refused in time.
func killDatabase(ctx context.Context, t *trial) error {
	return t.under(ctx, func(ctx context.Context, w *world, l *load) error {
		for i := range t.count {
			if err := wait(ctx, moment(200*time.Millisecond, 600*time.Millisecond)); err != nil {
				return err
			}
			length := moment(500*time.Millisecond, 1500*time.Millisecond)
			if i%5 == 0 { // long enough to see one that waits longer than the limit
				length = goneLimit + time.Second
			}
			if err := t.loseDatabase(ctx, w, l, length); err != nil {
				return err
			}
			if !w.server.alive() {
				t.fault("the server ended without its database")
				return nil
			}
		}
		return nil
	})
}

// loseDatabase takes the database away for a while.
func (t *trial) loseDatabase(ctx context.Context, w *world, l *load, length time.Duration) error {
	l.forget()
	gone := l.open()
	if err := t.shared.Kill(); err != nil {
		return err
	}
	w.ledger.next()
	if err := wait(ctx, length/2); err != nil {
		return err
	}
	start := time.Now()
	status, err := w.server.readiness(ctx)
	if took := time.Since(start); err != nil || status != http.StatusServiceUnavailable || took > goneLimit {
		t.fault("without a database /readyz says %d (%v) after %v", status, err, brief(took))
	}
	t.look(ctx, w, http.StatusServiceUnavailable, http.StatusOK) // a page may be remembered
	if err := wait(ctx, length/2); err != nil {
		return err
	}
	gone.close()
	if err := t.shared.Restart(ctx); err != nil {
		return err
	}
	if err := t.back(ctx, l, backLimit); err != nil {
		return err
	}
	c := gone.counts()
	t.within(c.slowest, goneLimit, "an answer without a database")
	if c.busy == 0 || c.broken > 0 {
		t.fault("without a database %d requests were refused with 503 and %d not answered", c.busy, c.broken)
	}
	return nil
}

// back waits for the first answer that is saved after something was mended.
// A server that does not come back ends the trial.
func (t *trial) back(ctx context.Context, l *load, limit time.Duration) error {
	mended := l.open()
	for {
		if c := mended.counts(); c.back > 0 {
			t.slowestBack = max(t.slowestBack, c.back)
			if c.back > limit {
				t.fault("saving came back after %v, the limit is %v", brief(c.back), limit)
			}
			return nil
		}
		if time.Since(mended.from) > 4*limit {
			return fmt.Errorf("saving does not come back within %v", 4*limit)
		}
		if err := wait(ctx, 5*time.Millisecond); err != nil {
			return err
		}
	}
}

// private is a MariaDB of one trial alone, on a disk of its own.
func private(ctx context.Context, folder string, more ...string) (*mariadb.Server, string, error) {
	s, err := mariadb.Start(ctx, folder, more...)
	if errors.Is(err, mariadb.ErrMissing) {
		return nil, "", skip("%v", err)
	}
	if err != nil {
		return nil, "", err
	}
	dsn, err := mariadb.Create(ctx, s.DSN(""), "faults")
	if err != nil {
		return nil, "", errors.Join(err, s.Kill())
	}
	return s, dsn, nil
}
