package main

import (
	"context"
	"log/slog"
	"time"

	"meihao/model"
	"meihao/survey/work"
)

// work is the runner of long work over a store. It begins nothing before the
// handlers have said what they can do.
func (c *console) work(store *model.Store, w watching, log *slog.Logger) *work.Runner {
	options := work.DefaultOptions()
	options.Now, options.Passing = time.Now, model.Passing
	options.Fault = func(j work.Job, problem error) {
		if model.Passing(problem) {
			w.metrics.DatabaseError(string(model.FaultKindOf(problem)))
		}
		if j.ID == 0 {
			log.Warn("long work cannot be looked for", "error", problem)
			return
		}
		log.Error("long work failed", "job", j.ID, "kind", j.Kind, "error", problem)
	}
	return work.New(store, options)
}

// doWork lets the runner take jobs until ctx ends. What is under way then is
// broken off and waits for the next start; the returned function waits for
// that, no longer than for requests that are under way.
func doWork(ctx context.Context, runner *work.Runner) (wait func() error) {
	runner.Begin()
	ended := make(chan error, 1)
	go func() {
		<-ctx.Done()
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
		defer cancel()
		ended <- runner.Close(closing)
	}()
	return func() error { return <-ended }
}
