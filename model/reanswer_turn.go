package model

import (
	"context"
	"sync/atomic"

	"meihao/survey"
)

// reanswersMost bounds how many re-answers wait: far more than people change
// their answers at one moment, and few enough that no one waits for long.
const reanswersMost = 64

// reanswerTurns lets one re-answer run at a time. Each is a transaction of its
// own, while new answers share one: side by side the re-answers of one phone
// could keep everybody's answers waiting.
type reanswerTurns struct {
	running chan struct{}
	waiting atomic.Int64
}

func newReanswerTurns() *reanswerTurns { return &reanswerTurns{running: make(chan struct{}, 1)} }

// take waits for the turn, which leave ends. Busy at once where too many wait,
// and once whoever sent it has gone.
func (t *reanswerTurns) take(ctx context.Context) error {
	defer t.waiting.Add(-1)
	if t.waiting.Add(1) > reanswersMost {
		return busyReanswer()
	}
	select {
	case t.running <- struct{}{}:
		return nil
	case <-ctx.Done():
		return busyReanswer()
	}
}

func (t *reanswerTurns) leave() { <-t.running }

func busyReanswer() error { return survey.Fail(survey.Busy, "error.busy") }
