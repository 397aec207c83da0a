package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"time"

	"meihao/model/modeltest/mariadb"
)

// fullLimit is the longest that a request may take on a full disk. SQLite
// refuses at once. MariaDB may wait for room, so there it only has to be
// answered before a client gives up (tryTime).
const fullLimit = 3 * time.Second

// fullDisk is a world whose database has a small disk of its own.
type fullDisk struct {
	*trial
	*world
	disk     *disk
	database *mariadb.Server // nil for SQLite
	deaths   int             // of the database, which does not always survive
}

// fillDisk: the disk of the database is full for a while, again and again.
// Nothing is acknowledged that was not stored, the server lives on and shows
// its pages and dashboards, and when there is room it saves again by itself.
func fillDisk(ctx context.Context, t *trial) (err error) {
	f := fullDisk{trial: t}
	if f.disk, err = newDisk(ctx, t.folder, ext4); err != nil {
		return err
	}
	// The context may be over when the disk is to be unmounted.
	defer func() { err = errors.Join(err, f.disk.detach(context.WithoutCancel(ctx))) }()
	at := place{data: filepath.Join(f.disk.mount, "data")}
	if t.engine == mariaDB {
		at = place{}
		f.database, at.dsn, err = private(ctx, f.disk.mount, "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=32M", "--skip-stack-trace",
			"--log-error="+filepath.Join(t.folder, "mariadb-full.log"))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.database.Kill()) }() // before the disk is unmounted
	}
	if f.world, err = t.newWorld(ctx, at); err != nil {
		return err
	}
	l := f.world.load()
	l.long = true // fills what is left sooner
	return t.through(ctx, f.world, l, func(ctx context.Context, _ *world, l *load) error {
		for i := range t.count {
			if err := f.once(ctx, l, i%3 == 2); err != nil {
				return err
			}
		}
		if f.deaths > 0 {
			t.note("the database ended %d times by itself", f.deaths)
		}
		return nil
	})
}

// once fills the disk, looks around, and makes room again. Killed in between,
// the server starts on the full disk and is as good as before.
func (f *fullDisk) once(ctx context.Context, l *load, kill bool) error {
	if err := wait(ctx, moment(100*time.Millisecond, 300*time.Millisecond)); err != nil {
		return err
	}
	l.forget()
	full := l.open()
	f.ledger.next()
	if err := f.fill(ctx, full); err != nil {
		return err
	}
	if f.database == nil { // MariaDB still saves what needs no more room
		f.await(ctx, f.world, http.StatusServiceUnavailable)
	}
	f.looks(ctx)
	full.close()
	c := full.counts()
	if kill && f.database == nil {
		if err := errors.Join(f.server.kill(), f.server.start()); err != nil {
			return err
		}
		f.await(ctx, f.world, http.StatusServiceUnavailable)
		f.looks(ctx)
	}
	if err := errors.Join(f.disk.empty(), f.revive(ctx)); err != nil {
		return err
	}
	if err := f.back(ctx, l, backLimit); err != nil {
		return err
	}
	f.await(ctx, f.world, http.StatusOK)
	if !kill { // with those that were under way
		c = full.counts()
	}
	if f.database == nil {
		f.within(c.slowest, fullLimit, "an answer on a full disk")
	}
	if c.broken > 0 || !f.server.alive() {
		f.fault("on a full disk %d requests are not answered (server alive: %t)", c.broken, f.server.alive())
	}
	return nil
}

// fill leaves no room until the first answer is refused: the database's own
// files may still have had some.
func (f *fullDisk) fill(ctx context.Context, full *window) error {
	for start := time.Now(); full.counts().busy == 0; {
		if err := errors.Join(f.disk.fill(), wait(ctx, 50*time.Millisecond)); err != nil {
			return err
		}
		if time.Since(start) > 2*tryTime {
			return fmt.Errorf("for %v no answer is refused with 503 on a full disk", 2*tryTime)
		}
	}
	return wait(ctx, 300*time.Millisecond)
}

// looks reads while nothing can be saved. A database that has ended cannot be
// read.
func (f *fullDisk) looks(ctx context.Context) {
	if f.database == nil || f.vault.answers(ctx) {
		f.look(ctx, f.world, http.StatusOK)
	}
}

// revive starts a database that ended on its full disk, as whoever supervises
// it would.
func (f *fullDisk) revive(ctx context.Context) error {
	if f.database == nil || f.vault.answers(ctx) {
		return nil
	}
	f.deaths++
	return errors.Join(f.database.Kill(), f.database.Restart(ctx))
}

// await holds /readyz to the truth: it may remember for a second, and a
// server that was just started needs its time.
func (t *trial) await(ctx context.Context, w *world, want int) {
	start := time.Now()
	for {
		status, err := w.server.readiness(ctx)
		if err == nil && status == want {
			return
		}
		if time.Since(start) > readyLimit || wait(ctx, 10*time.Millisecond) != nil {
			t.fault("/readyz says %d (%v) for %v and not %d", status, err, readyLimit, want)
			return
		}
	}
}

// look opens what nobody has to save for, a resident's page and a dashboard:
// each must be answered with one of some statuses.
func (t *trial) look(ctx context.Context, w *world, statuses ...int) {
	call := newCaller(w.server.base, 1, true)
	for path, token := range map[string]string{
		"/s/" + w.posters[0]: "",
		"/api/v1/campaigns/" + w.campaign.String() + "/standings": w.token,
	} {
		start := time.Now()
		r, err := call.get(ctx, path, token)
		if took := time.Since(start); err != nil || !slices.Contains(statuses, r.status) || took > goneLimit {
			t.fault("reading (with a token: %t) is answered %d (%v) after %v", token != "", r.status, err, brief(took))
		}
	}
}
