package main

import (
	"context"
	"errors"
	"strings"
)

// droppedPercent of all acknowledgements never arrive.
const droppedPercent = 30

// dropAnswers: acknowledgements are dropped on the wire, and clients send
// again with the same key until they have one: exactly one response and one
// receipt each.
func dropAnswers(ctx context.Context, t *trial) (err error) {
	w, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	p, err := newProxy(ctx, strings.TrimPrefix(w.server.base, "http://"), droppedPercent)
	if err != nil {
		return err
	}
	l := w.load()
	l.call, l.most, l.patient = newCaller(p.base(), w.workers, true), int64(t.count), true
	stop := l.start(ctx)
	l.finish()
	stop()
	if err := p.close(); err != nil {
		return err
	}
	t.complain(l)
	t.note("%d acknowledgements dropped", p.dropped.Load())
	if err := t.settle(ctx, w); err != nil {
		return err
	}
	if t.attempted != t.count || t.acknowledged != t.count || t.stored != t.count {
		t.fault("%d answers were to be attempted, acknowledged and stored", t.count)
	}
	return nil
}
