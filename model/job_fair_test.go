package model_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/work"
)

// One account that asks for much has one job running as long as somebody else
// waits, in all instances together.
func TestJobsInTurn(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		ask := func(who survey.Actor) work.Job {
			t.Helper()
			w.Clock.Add(time.Second)
			j, err := w.Store.AddJob(w.Ctx(), who, work.Job{Kind: "k"}, time.Time{})
			w.Must(err)
			return j
		}
		mine := []work.Job{ask(w.District), ask(w.District), ask(w.District)}
		theirs := ask(w.Colleague)
		begun := make(chan survey.ID, 10)
		kind := work.Kind{Name: "k", Tries: 3, Do: func(ctx context.Context, j work.Job, _ work.Progress) (work.Result, error) {
			begun <- j.ID
			<-ctx.Done()
			return work.Result{}, ctx.Err()
		}}
		r := runnerOf(t, w.Store, options(w.Clock), kind)
		first, second := <-begun, <-begun
		if first == theirs.ID {
			first, second = second, first
		}
		if first != mine[0].ID || second != theirs.ID {
			t.Errorf("%s and %s run, want %s and the other account's %s", first, second, mine[0].ID, theirs.ID)
		}
		w.Must(r.Stop(w.Ctx(), w.Colleague, theirs.ID))
		if next := <-begun; next != mine[1].ID { // nobody else waits
			t.Errorf("%s runs, want %s", next, mine[1].ID)
		}
	})
}

// An account has so many jobs that wait; joining one that is there is always
// possible.
func TestMostWaiting(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range work.MostWaiting {
			_, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: "k", Once: []string{"first", ""}[min(i, 1)]}, time.Time{})
			w.Must(err)
		}
		_, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: "k"}, time.Time{})
		wantKey(t, err, "error.work.many")
		if _, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: "k", Once: "first"}, time.Time{}); err != nil {
			t.Errorf("joining one that waits: %v", err)
		}
		other, err := w.Store.AddJob(w.Ctx(), w.Colleague, work.Job{Kind: "k"}, time.Time{})
		w.Must(err)
		w.Must(w.Store.StopJob(w.Ctx(), w.Colleague, other.ID))
		if _, err := w.Store.AgainJob(w.Ctx(), w.Colleague, other.ID); err != nil {
			t.Errorf("another account: %v", err)
		}
	})
}

// An account has so many uploads: the oldest that no job needs go first, and
// where all are needed no more come in.
func TestMostUploads(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		const most = 20
		var ids []survey.ID
		upload := func() error {
			w.Clock.Add(time.Second)
			id, err := w.Store.AddUpload(w.Ctx(), w.District, "x.csv", []byte("x"))
			if err == nil {
				ids = append(ids, id)
			}
			return err
		}
		for range most {
			w.Must(upload())
		}
		need := func(id survey.ID) {
			t.Helper()
			_, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: "plan", Argument: `{"Upload":"` + id.String() + `"}`}, time.Time{})
			w.Must(err)
		}
		need(ids[0])
		w.Must(upload())
		for i, want := range []bool{true, false, true} {
			if _, err := w.Store.UploadName(w.Ctx(), w.District, ids[i]); (err == nil) != want {
				t.Errorf("upload %d: %v", i, err)
			}
		}
		for _, id := range ids[2:] {
			if n := number(t, w.SQL(), "SELECT COUNT(*) FROM jobs"); n < most {
				need(id)
			}
		}
		wantKey(t, upload(), "error.work.uploads")
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM uploads"); n != most {
			t.Errorf("%d uploads are kept, want %d", n, most)
		}
	})
}

// unheard is a store whose claims are written, and nobody hears of it.
type unheard struct{ work.Store }

func (u unheard) ClaimJob(ctx context.Context, was work.Job, instance survey.ID) (work.Job, bool, error) {
	_, _, err := u.Store.ClaimJob(ctx, was, instance)
	return work.Job{}, false, errors.Join(err, context.DeadlineExceeded)
}

// A claim that was written without an answer is a claim: the job does not wait
// until its instance must be dead.
func TestClaimUnheard(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		r := runnerOf(t, unheard{w.Store}, options(w.Clock), work.Kind{Name: "k", Tries: 1, Do: func(context.Context, work.Job, work.Progress) (work.Result, error) {
			return work.Result{Text: "done"}, nil
		}})
		j, err := r.Start(w.Ctx(), w.District, work.Job{Kind: "k"}, time.Time{})
		w.Must(err)
		if j = over(t, r, w.District, j.ID); j.State != work.Done || j.Tries != 1 {
			t.Errorf("at its end: %+v", j)
		}
	})
}
