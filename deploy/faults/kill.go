package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// under runs f while the usual load is on a new world's server, and settles
// afterwards.
func (t *trial) under(ctx context.Context, f func(ctx context.Context, w *world, l *load) error) error {
	w, err := t.open(ctx)
	if err != nil {
		return err
	}
	return t.through(ctx, w, w.load(), f)
}

// through is under with a world and a load that are there already.
func (t *trial) through(ctx context.Context, w *world, l *load, f func(ctx context.Context, w *world, l *load) error) (err error) {
	defer func() { err = errors.Join(err, w.close()) }()
	stop := l.start(ctx)
	err = f(ctx, w, l)
	stop()
	if err != nil {
		return err
	}
	t.complain(l)
	return t.settle(ctx, w)
}

// moment is a random time, so that faults meet every part of the work.
func moment(least, most time.Duration) time.Duration { return least + rand.N(most-least) }

// killServer: kill -9 at random moments. One in five does not wait until the
// server is ready again, so that the next one meets it while it starts.
func killServer(ctx context.Context, t *trial) error {
	return t.under(ctx, func(ctx context.Context, w *world, _ *load) error {
		impatient := false
		for i := range t.count {
			length := moment(200*time.Millisecond, 800*time.Millisecond)
			if impatient {
				length = moment(0, 100*time.Millisecond)
			}
			if err := wait(ctx, length); err != nil {
				return err
			}
			if err := w.server.kill(); err != nil {
				return err
			}
			w.ledger.next()
			if err := w.server.start(); err != nil {
				return err
			}
			if impatient = i%5 == 3 && i+1 < t.count; impatient {
				continue
			}
			took, err := w.server.ready(ctx)
			if err != nil {
				return err
			}
			t.within(took, readyLimit, "getting ready after kill -9")
		}
		return nil
	})
}

// endServer: SIGTERM at random moments. Afterwards nothing is in doubt: who
// got no acknowledgement has nothing stored, so that no retry meets its own
// answer.
func endServer(ctx context.Context, t *trial) error {
	err := t.under(ctx, func(ctx context.Context, w *world, _ *load) error {
		for range t.count {
			if err := wait(ctx, moment(200*time.Millisecond, 600*time.Millisecond)); err != nil {
				return err
			}
			took, code, err := w.server.stop()
			if err != nil {
				return err
			}
			t.within(took, exitLimit, "ending after SIGTERM")
			if code != 0 {
				t.fault("after SIGTERM under load it leaves with %d", code)
			}
			w.ledger.next()
			ready, err := w.server.begin(ctx)
			if err != nil {
				return err
			}
			if ready > readyLimit {
				t.fault("getting ready after SIGTERM took %v", ready)
			}
		}
		return nil
	})
	if t.late > 0 {
		t.fault("%d answers were stored without an acknowledgement", t.late)
	}
	return err
}
