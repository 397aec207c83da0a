package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// experiment is one row of SECURITY's table, or a control.
type experiment struct {
	name    string
	does    string
	engines []string
	times   map[string]often // by engine
	each    time.Duration    // the most that one of them may take
	run     func(ctx context.Context, t *trial) error
	// controls are run instead: each must be found.
	controls []control
}

// trial is an experiment under way on one engine.
type trial struct {
	*machine
	result
}

// result is what came of it.
type result struct {
	name, engine string
	count        int // how often the fault happened
	balance
	verified bool
	late     int           // stored before their senders were told
	worst    time.Duration // of what has a limit, 0 for nothing
	limit    time.Duration
	// slowestBack is the longest time from a repair to the first answer saved.
	slowestBack time.Duration
	faults      []string // limits that were not kept, and other broken promises
	notes       []string
	skipped     string
	err         error // the trial could not be carried out
	took        time.Duration
	control     bool
	missed      string // a control's reason why it was not found
}

// errSkip says that this machine cannot do an experiment.
type errSkip struct{ why string }

func (e errSkip) Error() string { return e.why }

func skip(format string, args ...any) error { return errSkip{fmt.Sprintf(format, args...)} }

// fault notes a broken promise.
func (t *trial) fault(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if len(t.faults) < mostExamples && !slices.Contains(t.faults, text) {
		t.faults = append(t.faults, text)
	}
}

func (t *trial) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

// within holds a time against its limit.
func (t *trial) within(took, limit time.Duration, what string) {
	t.worst, t.limit = max(t.worst, took), limit
	if took > limit {
		t.fault("%s took %v, the limit is %v", what, took.Round(time.Millisecond), limit)
	}
}

// complain takes over what the load saw that no fault may cause.
func (t *trial) complain(l *load) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for what, times := range l.complaints {
		t.fault("%s, %d times", what, times)
	}
}

// try runs an experiment on one engine, in bounded time.
func (m *machine) try(ctx context.Context, e experiment, engine string) []result {
	count := e.times[engine].short
	switch {
	case m.options.count > 0:
		count = m.options.count
	case m.options.full:
		count = e.times[engine].full
	}
	if e.controls != nil {
		return m.control(ctx, e, engine)
	}
	t := &trial{machine: m, result: result{name: e.name, engine: engine, count: count}}
	t.bounded(ctx, time.Duration(count)*e.each, e.run)
	return []result{t.result}
}

// bounded runs f and takes its error into the result. Beside what the faults
// may take there are two minutes to make a world and to settle it, and more
// for the many answers of a long run.
func (t *trial) bounded(ctx context.Context, length time.Duration, f func(context.Context, *trial) error) {
	ctx, cancel := context.WithTimeout(ctx, length+length/2+2*time.Minute)
	defer cancel()
	start := time.Now()
	t.err = f(ctx, t)
	t.took = time.Since(start)
	var skipped errSkip
	if errors.As(t.err, &skipped) {
		t.err, t.skipped = nil, skipped.why
	}
}

func (r result) failed() bool {
	switch {
	case r.skipped != "":
		return false
	case r.control:
		return r.err != nil || r.missed != ""
	}
	return r.err != nil || len(r.faults) > 0 || !r.clean() || !r.verified
}

// wait lets time pass, or ends with the context.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
