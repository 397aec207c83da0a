package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"time"
)

// restartInstance: two instances share one MariaDB and take as many answers
// as there are to send between them, while one of them is killed or told to
// end again and again. Exactly one response each, and the other instance never
// fails to save: a deadlock would be the store's own business.
func restartInstance(ctx context.Context, t *trial) (err error) {
	w, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := w.another(ctx); err != nil {
		return err
	}
	steady, shaken := w.load(), w.load()
	steady.most, steady.patient = int64(t.count-t.count/2), true
	shaken.call, shaken.most, shaken.patient = newCaller(w.second.base, w.workers, false), int64(t.count/2), true
	stops := []func(){steady.start(ctx), shaken.start(ctx)}
	done := make(chan struct{})
	go func() {
		steady.finish()
		shaken.finish()
		close(done)
	}()
	restarts, err := t.shake(ctx, w.second, done)
	<-done
	for _, stop := range stops {
		stop()
	}
	if err != nil {
		return err
	}
	t.complain(steady)
	t.complain(shaken)
	t.note("one instance was restarted %d times", restarts)
	if err := t.settle(ctx, w); err != nil {
		return err
	}
	if t.attempted != t.count || t.acknowledged != t.count || t.stored != t.count {
		t.fault("%d answers were to be attempted, acknowledged and stored", t.count)
	}
	log, err := os.ReadFile(w.server.log)
	if err != nil {
		return err
	}
	if failed := bytes.Count(log, []byte("saving failed")); failed > 0 {
		t.fault("the instance that nobody touched failed to save %d groups", failed)
	}
	return nil
}

// shake restarts an instance until the load is through; it leaves it running.
func (t *trial) shake(ctx context.Context, s *server, done <-chan struct{}) (restarts int, err error) {
	for {
		select {
		case <-done:
			return restarts, nil
		case <-ctx.Done():
			return restarts, ctx.Err()
		case <-time.After(moment(300*time.Millisecond, 900*time.Millisecond)):
		}
		if rand.IntN(2) == 0 {
			err = s.kill()
		} else {
			_, _, err = s.stop()
		}
		if err != nil {
			return restarts, err
		}
		ready, err := s.begin(ctx)
		if err != nil {
			return restarts, err
		}
		t.within(ready, readyLimit, "getting ready beside the other instance")
		restarts++
	}
}
