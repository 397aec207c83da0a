package main

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// failing is a way in which writes fail. Strace counts calls by thread, so a
// fault that begins or pauses at a number fails some of them and not others;
// then an acknowledgement may be true, and only the ledger can tell.
type failing struct {
	calls, fault string
	always       bool
}

func failures() []failing {
	return []failing{
		{"fsync,fdatasync", "error=EIO", true},
		{"pwrite64", "error=ENOSPC", true},
		{"fsync,fdatasync", "error=EIO:when=2+2", false},
		{"pwrite64", "error=EIO", true},
		{"pwrite64", "error=ENOSPC:when=3+5", false},
	}
}

// failWrites: for a while every sync or every write of the database fails, or
// many of them. While all fail nothing may be acknowledged, for nothing can
// be durable; afterwards the server saves again by itself. Every third time
// it is killed in the middle of it, so that a start has to read what such a
// failure leaves.
func failWrites(ctx context.Context, t *trial) error {
	return t.under(ctx, func(ctx context.Context, w *world, l *load) error {
		ways := failures()
		for i := range t.count {
			if err := wait(ctx, moment(100*time.Millisecond, 300*time.Millisecond)); err != nil {
				return err
			}
			if err := t.failOnce(ctx, w, l, ways[i%len(ways)], i%3 == 2); err != nil {
				return err
			}
		}
		return nil
	})
}

// failOnce injects one fault for a while.
func (t *trial) failOnce(ctx context.Context, w *world, l *load, way failing, kill bool) error {
	l.forget()
	i, err := inject(ctx, w.server.process.Pid, way.calls, way.fault)
	if err != nil {
		return err
	}
	w.ledger.next()
	if err := i.injected(ctx); err != nil {
		return errors.Join(err, i.detach())
	}
	failed := l.open() // only what begins from here on must fail
	if err := wait(ctx, 300*time.Millisecond); err != nil {
		return errors.Join(err, i.detach())
	}
	if way.always {
		t.await(ctx, w, http.StatusServiceUnavailable)
	}
	t.look(ctx, w, http.StatusOK)
	failed.close()
	c := failed.counts()
	if way.always && (c.fresh > 0 || c.busy == 0) || c.broken > 0 {
		t.fault("while %s fail (%s), %d answers are acknowledged, %d refused with 503, %d not answered",
			way.calls, way.fault, c.fresh, c.busy, c.broken)
	}
	if kill {
		err = w.server.kill()
	}
	if err := errors.Join(err, i.detach()); err != nil {
		return err
	}
	if kill {
		took, err := w.server.begin(ctx)
		if err != nil {
			return err
		}
		t.within(took, readyLimit, "getting ready after failed writes")
	}
	return t.back(ctx, l, backLimit)
}
