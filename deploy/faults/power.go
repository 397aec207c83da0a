package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"
)

// cutPower: the disk of a SQLite database loses its power under load, again
// and again; it is mounted again as after a cold start.
func cutPower(kind string) func(context.Context, *trial) error {
	return func(ctx context.Context, t *trial) error {
		return t.onDisk(ctx, kind, func(w *world, d *disk) error {
			l := w.load()
			return t.through(ctx, w, l, func(ctx context.Context, w *world, _ *load) error {
				for range t.count {
					if err := wait(ctx, moment(200*time.Millisecond, 700*time.Millisecond)); err != nil {
						return err
					}
					took, err := t.cutOnce(ctx, w, d)
					if err != nil {
						return err
					}
					t.within(took, readyLimit, "getting ready after a power cut")
				}
				return nil
			})
		})
	}
}

// onDisk makes a world on a disk of its own.
func (t *trial) onDisk(ctx context.Context, kind string, f func(w *world, d *disk) error) (err error) {
	if missing("xfs_io") != "" {
		return skip("xfs_io is missing (Debian: xfsprogs)")
	}
	d, err := newDisk(ctx, t.folder, kind)
	if err != nil {
		return err
	}
	// The context may be over when the disk is to be unmounted.
	defer func() { err = errors.Join(err, d.detach(context.WithoutCancel(ctx))) }()
	w, err := t.newWorld(ctx, place{data: filepath.Join(d.mount, "data")})
	if err != nil {
		return err
	}
	return f(w, d)
}

// cutOnce cuts the power while the server works, lets the machine "start"
// again and returns how long the server then took to get ready.
func (t *trial) cutOnce(ctx context.Context, w *world, d *disk) (time.Duration, error) {
	w.ledger.darken()
	if err := d.cut(ctx); err != nil {
		return 0, skip("the power cannot be cut here: %v", err)
	}
	if err := errors.Join(w.server.kill(), d.detach(ctx), d.attach(ctx)); err != nil {
		return 0, err
	}
	w.ledger.next()
	return w.server.begin(ctx)
}
