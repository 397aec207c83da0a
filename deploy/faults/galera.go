package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	// galeraLimit is how long nobody may be acknowledged when the writer of
	// the cluster dies.
	galeraLimit = 10 * time.Second
	// calm is how long the load runs between two faults.
	calm = 2500 * time.Millisecond
)

// killWriters: kill -9 of the node that everybody writes to, under load. Each
// time another one takes over, and the dead one comes back for what it missed;
// the last has lost its disk. Then the writer hangs, one of the two instances
// is killed, and at the end all nodes at once.
func killWriters(ctx context.Context, t *trial) (err error) {
	g, err := t.newGalera(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.close()) }()
	if err := t.aloneForComparison(ctx, g); err != nil {
		return err
	}
	if err := g.start(ctx); err != nil {
		return err
	}
	w, err := t.behind(ctx, g, g.dsn(balancer))
	if err != nil {
		return err
	}
	err = t.through(ctx, w, w.load(), func(ctx context.Context, w *world, l *load) error {
		if err := t.speed(ctx, l, "three nodes"); err != nil {
			return err
		}
		for i := range t.count {
			if err := t.killWriter(ctx, g, w, l, i+1 == t.count); err != nil {
				return err
			}
		}
		if err := errors.Join(t.hangWriter(ctx, g, l), t.killInstance(ctx, w, l)); err != nil {
			return err
		}
		return t.killAll(ctx, g, w, l)
	})
	if err != nil {
		return err
	}
	if err := t.sameEverywhere(ctx, g, w); err != nil {
		return err
	}
	return t.galeraControls(ctx, g, w)
}

// killWriter kills whoever is written to, and lets it come back: with what it
// had, or with an empty disk.
func (t *trial) killWriter(ctx context.Context, g *galera, w *world, l *load, empty bool) error {
	l.forget()
	node, err := g.writer(ctx)
	if err != nil {
		return err
	}
	gap := l.feel()
	if err := errors.Join(wait(ctx, calm/3), g.parts[node].end(syscall.SIGKILL)); err != nil {
		return err
	}
	w.ledger.next()
	if err := errors.Join(t.back(ctx, l, galeraLimit), wait(ctx, calm)); err != nil {
		return err
	}
	if empty {
		if err := os.RemoveAll(filepath.Join(g.folder, node, "data")); err != nil {
			return err
		}
	}
	took, how, err := g.rejoin(ctx, node)
	if err != nil {
		return err
	}
	if empty == (how == lacking) {
		t.fault("%s came back with %s", node, how)
	}
	err = wait(ctx, calm)
	longest := gap()
	t.within(longest, galeraLimit, "saving without its writer")
	t.note("%s killed: %s without an answer saved, back with %s in %s", node, brief(longest), how, brief(took))
	return err
}

// hangWriter stops the writer, as a machine stops that swaps or loses its
// network: nothing is refused, and nothing comes. It is shut out, and comes
// back by itself when it goes on.
func (t *trial) hangWriter(ctx context.Context, g *galera, l *load) error {
	l.forget()
	node, err := g.writer(ctx)
	if err != nil {
		return err
	}
	gap := l.feel()
	if err := errors.Join(wait(ctx, calm/3), g.parts[node].signal(syscall.SIGSTOP)); err != nil {
		return err
	}
	err = errors.Join(t.back(ctx, l, galeraLimit), wait(ctx, calm))
	if err := errors.Join(err, g.parts[node].signal(syscall.SIGCONT)); err != nil {
		return err
	}
	start := time.Now()
	if err := g.until(ctx, node+" does not come back: "+g.log(node), func() bool { return g.size(ctx) == len(nodes()) && g.synced(ctx, node) }); err != nil {
		return err
	}
	took := time.Since(start)
	err = wait(ctx, calm)
	longest := gap()
	t.within(longest, galeraLimit, "saving while its writer hangs")
	t.note("%s hangs: %s, back in %s", node, brief(longest), brief(took))
	return err
}

// killInstance kills one of two instances: nobody notices, because the
// balancer sends its requests to the other one with the same keys.
func (t *trial) killInstance(ctx context.Context, w *world, l *load) error {
	l.forget()
	gap, broken := l.feel(), l.open()
	if err := errors.Join(wait(ctx, calm/3), w.second.kill(), wait(ctx, calm/2)); err != nil {
		return err
	}
	if _, err := w.second.begin(ctx); err != nil {
		return err
	}
	longest := gap()
	if c := broken.counts(); c.broken+c.busy > 0 {
		t.fault("without one of two instances %d requests are refused and %d not answered", c.busy, c.broken)
	}
	t.note("an instance killed: %s", brief(longest))
	return nil
}

// killAll is a power cut of all machines: the cluster begins again with the
// node that knows most, which has all that was acknowledged on its disk.
func (t *trial) killAll(ctx context.Context, g *galera, w *world, l *load) error {
	l.forget()
	if err := g.kill(); err != nil {
		return err
	}
	w.ledger.next()
	start := time.Now()
	if err := g.startNodes(ctx); err != nil {
		return err
	}
	if err := t.back(ctx, l, galeraLimit); err != nil {
		return err
	}
	t.note("all killed: the cluster is back after %s", brief(time.Since(start)))
	return wait(ctx, calm)
}

// aloneForComparison is the same load on the same instances with one MariaDB.
func (t *trial) aloneForComparison(ctx context.Context, g *galera) (err error) {
	s, dsn, err := private(ctx, t.folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Remove()) }()
	if err := g.run(ctx, balancer); err != nil {
		return err
	}
	w, err := t.behind(ctx, g, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	l := w.load()
	stop := l.start(ctx)
	err = t.speed(ctx, l, "one MariaDB")
	stop()
	return err
}

// speed notes how many answers a second are saved.
func (t *trial) speed(ctx context.Context, l *load, of string) error {
	const length = 5 * time.Second
	if err := wait(ctx, calm); err != nil {
		return err
	}
	w := l.open()
	err := wait(ctx, length)
	w.close()
	t.note("%s: %.0f/s", of, float64(w.counts().fresh)/length.Seconds())
	return err
}

// behind makes a world on a database, with two instances behind the balancer.
func (t *trial) behind(ctx context.Context, g *galera, dsn string) (*world, error) {
	folder, err := os.MkdirTemp(t.folder, "galera-world-")
	if err != nil {
		return nil, err
	}
	w := &world{folder: folder, workers: t.options.workers}
	if w.file, err = os.Create(filepath.Join(folder, "ledger")); err != nil {
		return nil, err
	}
	w.ledger = newLedger(w.file)
	if err := w.fill(ctx, filepath.Join(folder, "data"), dsn); err != nil {
		return nil, errors.Join(err, w.file.Close())
	}
	for i, into := range []**server{&w.server, &w.second} {
		if *into, err = g.instance(w, i+1); err != nil {
			return nil, errors.Join(err, w.close())
		}
		if _, err := (*into).begin(ctx); err != nil {
			return nil, errors.Join(err, w.close())
		}
	}
	w.server.base = g.address(httpPort) // what is sent goes through the balancer from here on
	return w, errors.Join(g.until(ctx, "the balancer sees no instance", func() bool {
		status, err := w.server.readiness(ctx)
		return err == nil && status == statusRetry
	}))
}

// feel measures the longest time without an answer newly saved, until the
// function that it returns is called.
func (l *load) feel() (longest func() time.Duration) {
	w := l.open()
	ended, found := make(chan struct{}), make(chan time.Duration)
	go func() {
		ticker := time.NewTicker(2 * time.Millisecond)
		defer ticker.Stop()
		var worst time.Duration
		for seen, last := 0, time.Now(); ; {
			select {
			case <-ended:
				found <- max(worst, time.Since(last))
				return
			case now := <-ticker.C:
				if n := w.counts().fresh; n != seen {
					worst, seen, last = max(worst, now.Sub(last)), n, now
				}
			}
		}
	}()
	return func() time.Duration {
		close(ended)
		return <-found
	}
}

// instance is one of the two, at the address where the balancer looks for it.
func (g *galera) instance(w *world, number int) (*server, error) {
	name := fmt.Sprintf("instance%d", number)
	s := &server{
		binary: g.binary, config: filepath.Join(w.folder, name+".toml"), log: filepath.Join(w.folder, name+".log"),
		base: g.address(instancePort + number), probe: probe(),
	}
	text := fmt.Sprintf("listen = %q\npublic_address = %q\ntrusted_proxies = [\"127.0.0.1/32\"]\n%s",
		s.base[len("http://"):], g.address(httpPort), w.config)
	return s, os.WriteFile(s.config, []byte(text), 0o600)
}
