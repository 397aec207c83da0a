package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"meihao/api/resident"
	"meihao/model"
)

// How often forms were shown is written every saveOpensEvery, and at the end
// once more, which may take opensTimeout beside the time of the desk.
const (
	saveOpensEvery = 5 * time.Second
	opensTimeout   = 2 * time.Second
)

// opensWait tells that counts could not be written and wait.
func (w watching) opensWait(log *slog.Logger) func(error) {
	return func(err error) {
		w.metrics.DatabaseError(string(model.FaultKindOf(err)))
		log.Warn("how often posters were opened cannot be written, the counts wait", "error", err)
	}
}

// saveOpens writes what is counted until the returned function is called,
// which writes the rest. While the database is away the counts wait; that is
// told once and not each time.
func saveOpens(opens *resident.Opens, store resident.OpensStore, wait func(error)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	failing := false
	save := func(ctx context.Context) {
		err := opens.Save(ctx, store, time.Now())
		if err != nil && !failing && !errors.Is(ctx.Err(), context.Canceled) {
			wait(err)
		}
		failing = err != nil
	}
	running.Go(func() {
		ticker := time.NewTicker(saveOpensEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				save(ctx)
			}
		}
	})
	return func() {
		cancel()
		running.Wait()
		last, done := context.WithTimeout(context.Background(), opensTimeout)
		defer done()
		save(last)
	}
}
