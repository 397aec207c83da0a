package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

// sampleSize is how many acknowledged keys are sent again.
const sampleSize = 2000

// settle ends an experiment whose load has stopped and whose server runs: it
// weighs the ledger against what is stored, asks for what is in doubt and for
// a sample of the rest with their own keys, weighs again, ends the server and
// lets it verify itself.
func (t *trial) settle(ctx context.Context, w *world) error {
	entries, err := w.ledger.all()
	if err != nil {
		return err
	}
	then, err := w.vault.receipts(ctx, w.campaign)
	if err != nil {
		return err
	}
	t.balance = weigh(entries, then)
	if n := w.ledger.unkept(then); n > 0 {
		t.note("%d told after the power was cut and not kept", n)
	}
	known, doubt := split(entries)
	asked, err := t.askAgain(ctx, w, doubt)
	if err != nil {
		return err
	}
	for _, a := range asked {
		if !a.reply.acknowledged() {
			t.fault("a key in doubt is answered %d (%v)", a.reply.status, a.err)
		}
	}
	if asked, err = t.askAgain(ctx, w, known); err != nil {
		return err
	}
	t.balance.again(asked, then)
	now, err := w.vault.receipts(ctx, w.campaign)
	if err != nil {
		return err
	}
	if entries, err = w.ledger.all(); err != nil {
		return err
	}
	t.late = w.ledger.late()
	t.balance.settled(entries, now)
	return t.leave(ctx, w)
}

// leave ends the servers in order and verifies what they leave.
func (t *trial) leave(ctx context.Context, w *world) error {
	for _, s := range []*server{w.server, w.second} {
		if s == nil {
			continue
		}
		took, code, err := s.stop()
		if err != nil {
			return err
		}
		if code != 0 || took > exitLimit {
			t.fault("after SIGTERM it leaves with %d in %v", code, took.Round(time.Millisecond))
		}
		if wild, err := s.panicked(); err != nil || wild {
			t.fault("the server panicked (%v)", err)
		}
	}
	clean, found, err := w.verify(ctx)
	if err != nil {
		return fmt.Errorf("verify: %w: %s", err, found)
	}
	t.verified = clean
	if !clean {
		t.fault("verify finds: %s", strings.TrimSpace(found))
	}
	return nil
}

// split tells acknowledged keys (a sample of them) from those in doubt.
func split(entries []entry) (known, doubt []entry) {
	for _, e := range entries {
		if e.receipt == "" {
			doubt = append(doubt, e)
		} else if e.answer.poster != "" {
			known = append(known, e)
		}
	}
	rand.Shuffle(len(known), func(i, j int) { known[i], known[j] = known[j], known[i] })
	return known[:min(len(known), sampleSize)], doubt
}

// askAgain sends keys once more, as JSON, until each is answered with
// anything but "busy".
func (t *trial) askAgain(ctx context.Context, w *world, entries []entry) ([]ask, error) {
	call := newCaller(w.server.base, w.workers, false)
	defer call.client.CloseIdleConnections()
	asked := make([]ask, len(entries))
	queue := make(chan int)
	var group sync.WaitGroup
	for range w.workers {
		group.Go(func() {
			for i := range queue {
				asked[i] = askOne(ctx, call, entries[i])
				if r := asked[i].reply; r.acknowledged() {
					w.ledger.acknowledge(entries[i].answer.key, r.receipt, r.status == statusRetry && entries[i].receipt == "")
				}
			}
		})
	}
	for i := range entries {
		queue <- i
	}
	close(queue)
	group.Wait()
	return asked, ctx.Err()
}

func askOne(ctx context.Context, call *caller, e entry) ask {
	for {
		r, err := call.send(ctx, e.answer, false)
		if ctx.Err() != nil || err == nil && r.status != statusBusy {
			return ask{e, r, err}
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}
