package model_test

import (
	"context"
	"testing"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
)

// locked holds what a re-answer needs until the test lets go: the writing lock
// of SQLite, the campaign's row elsewhere.
func locked(w *modeltest.World) (release func()) {
	w.T.Helper()
	conn, err := w.SQL().Conn(w.Ctx())
	w.Must(err)
	do := func(statement string, args ...any) {
		w.T.Helper()
		_, err := conn.ExecContext(w.Ctx(), statement, args...)
		w.Must(err)
	}
	if w.Engine == modeltest.SQLite {
		do("BEGIN IMMEDIATE")
	} else {
		do("START TRANSACTION")
		do("UPDATE campaigns SET stage = stage WHERE id = ?", w.Campaign.ID)
		do("SELECT id FROM campaigns WHERE id = ? FOR UPDATE", w.Campaign.ID)
	}
	return func() { do("ROLLBACK") }
}

// until waits for something that comes soon.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// However often one phone sends the same change, one of them at a time asks
// for a writing connection, a bounded number waits, and the next is told at
// once to come again: whoever saves waits for one re-answer at the most.
func TestReanswersWaitTheirTurn(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1)
		w.Saved(a)
		r := a.Again(w.Answer(1).Rate(1))
		release := locked(w)
		answers := make(chan error, 1+model.ReanswersMost)
		send := func() { go func() { answers <- w.Store.Reanswer(w.Ctx(), r) }() }
		used := func() int { p := w.Store.Pools()["write"]; return p.InUse + int(p.WaitCount) }
		before := int(w.Store.Pools()["write"].WaitCount)
		send()
		until(t, "one runs", func() bool { return used() > before })
		for range model.ReanswersMost {
			send()
		}
		until(t, "all others wait", func() bool { return w.Store.WaitingReanswers() == model.ReanswersMost })
		if n := used() - before; n != 1 {
			t.Errorf("%d re-answers have or want a writing connection, not one", n)
		}
		for range 200 - model.ReanswersMost {
			wantKind(t, w.Store.Reanswer(w.Ctx(), r), survey.Busy)
		}
		saved := make(chan []survey.Saved, 1)
		go func() { saved <- w.Save(w.Answer(2)) }()
		release()
		if got := <-saved; got[0].Err != nil {
			t.Errorf("an answer beside them: %v", got[0].Err)
		}
		for range 1 + model.ReanswersMost {
			w.Must(<-answers)
		}
		if got, _ := scores(w, survey.OwnerBase); got != (survey.Score{Responses: 2, Answered: 2, Satisfied: 1}) || w.Store.WaitingReanswers() != 0 {
			t.Errorf("%+v, %d wait", got, w.Store.WaitingReanswers())
		}
		w.Clean()
	})
}

// Whoever gave up while the turn had not come has perhaps sent something else
// since: that stands.
func TestReanswerOfWhoIsGone(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1)
		w.Saved(a)
		gone, leave := context.WithCancel(t.Context())
		release := locked(w)
		first, older := make(chan error, 1), make(chan error, 1)
		go func() { first <- w.Store.Reanswer(w.Ctx(), a.Again(w.Answer(1).Rate(2))) }()
		until(t, "one runs", func() bool { return w.Store.Pools()["write"].InUse == 1 })
		go func() { older <- w.Store.Reanswer(gone, a.Withdrawn()) }()
		until(t, "the older one waits", func() bool { return w.Store.WaitingReanswers() == 1 })
		leave()
		wantKind(t, <-older, survey.Busy)
		wantKind(t, w.Store.Reanswer(gone, a.Withdrawn()), survey.Busy)
		release()
		w.Must(<-first)
		wantKind(t, w.Store.Reanswer(gone, a.Withdrawn()), survey.Busy)
		if got, _ := scores(w, survey.OwnerBase); got != (survey.Score{Responses: 1, Answered: 1}) {
			t.Errorf("%+v: who was gone changed something", got)
		}
		w.Clean()
	})
}

// What has begun outlives its sender, as an answer does.
func TestReanswerOutlivesItsSender(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1)
		w.Saved(a)
		ctx, leave := context.WithCancel(t.Context())
		release := locked(w)
		done := make(chan error, 1)
		go func() { done <- w.Store.Reanswer(ctx, a.Withdrawn()) }()
		until(t, "it has begun", func() bool { return w.Store.Pools()["write"].InUse == 1 })
		leave()
		release()
		w.Must(<-done)
		if got, _ := scores(w, survey.OwnerBase); got.Answered != 0 {
			t.Errorf("%+v after a withdrawal", got)
		}
	})
}
