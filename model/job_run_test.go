package model_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/work"
)

// What is done is seen while it is done: at the instance that does it at
// once, at another one a beat later; and so is what came of it.
func TestProgressIsSeen(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		half := make(chan struct{})
		kind := work.Kind{Name: "k", Tries: 3, Do: func(_ context.Context, j work.Job, progress work.Progress) (work.Result, error) {
			progress("writing", 30, 60)
			<-half
			return work.Result{Text: "done with " + j.Argument, File: &work.File{Name: "f.csv", Media: "text/csv", Data: []byte("a,b")}}, nil
		}}
		r := runnerOf(t, w.Store, options(w.Clock), kind)
		elsewhere := work.New(w.Again(), options(w.Clock)) // looks, and does nothing
		j, err := r.Start(w.Ctx(), w.District, work.Job{Kind: "k", Argument: "all"}, time.Time{})
		w.Must(err)
		for _, place := range []*work.Runner{r, elsewhere} {
			wait(t, "progress", func() bool {
				j, err := place.Job(w.Ctx(), w.District, j.ID)
				return err == nil && j.State == work.Running && j.Phase == "writing" && j.Percent() == 50
			})
		}
		if _, err := r.Job(w.Ctx(), w.Colleague, j.ID); survey.KindOf(err) != survey.NotFound {
			t.Errorf("a colleague sees what runs: %v", err)
		}
		if n := r.Unfinished(w.District.Account); n != 1 || r.Unfinished(w.Colleague.Account) != 0 {
			t.Errorf("%d jobs are unfinished, want 1", n)
		}
		close(half)
		if j = over(t, elsewhere, w.District, j.ID); j.State != work.Done || j.Result != "done with all" || j.Done != 60 {
			t.Errorf("at its end: %+v", j)
		}
		over(t, r, w.District, j.ID)
		if n := r.Unfinished(w.District.Account); n != 0 {
			t.Errorf("%d jobs are unfinished at the end", n)
		}
		if f, err := elsewhere.File(w.Ctx(), w.District, j.ID); err != nil || string(f.Data) != "a,b" || f.Name != "f.csv" {
			t.Errorf("the file: %+v, %v", f, err)
		}
		if _, err := r.File(w.Ctx(), w.Admin, j.ID); survey.KindOf(err) != survey.NotFound {
			t.Errorf("the administrator reads the file of somebody else: %v", err)
		}
	})
}

// Of two instances one does a job, and none is left.
func TestTwoInstancesWork(t *testing.T) {
	w, other := two(t)
	var begun atomic.Int32
	kind := work.Kind{Name: "k", Tries: 3, Do: func(context.Context, work.Job, work.Progress) (work.Result, error) {
		begun.Add(1)
		return work.Result{}, nil
	}}
	first, second := runnerOf(t, w.Store, options(w.Clock), kind), runnerOf(t, other, options(w.Clock), kind)
	var wg sync.WaitGroup
	const jobs = 40
	for i := range jobs {
		wg.Go(func() {
			r := []*work.Runner{first, second}[i%2]
			who := []survey.Actor{w.District, w.Colleague}[i/2%2]
			j, err := r.Start(w.Ctx(), who, work.Job{Kind: "k", Name: fmt.Sprint(i)}, time.Time{})
			if err != nil {
				t.Error(err)
				return
			}
			if j, err := r.Await(w.Ctx(), who, j.ID, 20*time.Second); err != nil || j.State != work.Done {
				t.Errorf("job %d: %+v, %v", i, j, err)
			}
		})
	}
	wg.Wait()
	if n := begun.Load(); n != jobs {
		t.Errorf("%d jobs were begun %d times", jobs, n)
	}
}

// dead is the store of an instance that was killed: nothing more comes of it.
type dead struct {
	work.Store
	killed atomic.Bool
}

func (d *dead) BeatJob(ctx context.Context, j work.Job) error {
	if d.killed.Load() {
		return nil
	}
	return d.Store.BeatJob(ctx, j)
}

func (d *dead) EndJob(context.Context, work.Job, *work.File) error { return nil }

func (d *dead) ReleaseJob(context.Context, work.Job) error { return nil }

// What an instance left behind that was killed is begun again by another, and
// not before it must be dead; what may not be repeated fails and says so.
func TestJobsOfADeadInstance(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		hang := func(ctx context.Context, _ work.Job, _ work.Progress) (work.Result, error) {
			<-ctx.Done()
			return work.Result{}, ctx.Err()
		}
		killed := &dead{Store: w.Store}
		first := runnerOf(t, killed, options(w.Clock), work.Kind{Name: "again", Tries: 2, Do: hang}, work.Kind{Name: "once", Tries: 1, Do: hang})
		var ids [2]survey.ID
		for i, kind := range []string{"again", "once"} {
			j, err := first.Start(w.Ctx(), w.District, work.Job{Kind: kind}, time.Time{})
			w.Must(err)
			ids[i] = j.ID
			wait(t, kind+" runs", func() bool {
				j, err := w.Store.Job(w.Ctx(), w.District, ids[i])
				return err == nil && j.State == work.Running
			})
		}
		killed.killed.Store(true)
		time.Sleep(50 * time.Millisecond) // a beat that was under way
		done := func(context.Context, work.Job, work.Progress) (work.Result, error) {
			return work.Result{Text: "by the second"}, nil
		}
		second := runnerOf(t, w.Again(), options(w.Clock), work.Kind{Name: "again", Tries: 2, Do: done}, work.Kind{Name: "once", Tries: 1, Do: done})
		w.Clock.Add(29 * time.Second)
		time.Sleep(100 * time.Millisecond)
		if j, err := w.Store.Job(w.Ctx(), w.District, ids[0]); err != nil || j.State != work.Running || j.Tries != 1 {
			t.Errorf("before the bound: %+v, %v", j, err)
		}
		w.Clock.Add(2 * time.Second)
		if j := over(t, second, w.District, ids[0]); j.State != work.Done || j.Result != "by the second" || j.Tries != 2 {
			t.Errorf("after the bound: %+v", j)
		}
		if j := over(t, second, w.District, ids[1]); j.State != work.Failed || j.Problem.Key != "error.work.interrupted" {
			t.Errorf("what may not be repeated: %+v", j)
		}
	})
}

// An instance that only seemed dead notices that its job is another's.
func TestJobTakenAway(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		why := make(chan error, 1)
		o := options(w.Clock)
		o.Fault = func(j work.Job, err error) { t.Errorf("it is told as a fault: %s %v", j.Kind, err) }
		r := runnerOf(t, w.Store, o, work.Kind{Name: "k", Tries: 3, Do: func(ctx context.Context, _ work.Job, _ work.Progress) (work.Result, error) {
			<-ctx.Done()
			why <- context.Cause(ctx)
			return work.Result{}, ctx.Err()
		}})
		j, err := r.Start(w.Ctx(), w.District, work.Job{Kind: "k"}, time.Time{})
		w.Must(err)
		wait(t, "it runs", func() bool {
			j, err = w.Store.Job(w.Ctx(), w.District, j.ID)
			return err == nil && j.State == work.Running
		})
		wait(t, "it is taken", func() bool {
			j, err = w.Store.Job(w.Ctx(), w.District, j.ID)
			w.Must(err)
			_, mine, err := w.Again().ClaimJob(w.Ctx(), j, 7)
			w.Must(err)
			return mine
		})
		if err := <-why; !strings.Contains(err.Error(), "another instance") {
			t.Errorf("it ends because %v", err)
		}
		if j, err := w.Store.Job(w.Ctx(), w.District, j.ID); err != nil || j.State != work.Running || j.Instance != 7 {
			t.Errorf("the other one's claim: %+v, %v", j, err)
		}
	})
}

// Stopping ends what runs; what was done all the same is done.
func TestStopJob(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		r := runnerOf(t, w.Store, options(w.Clock), work.Kind{Name: "k", Tries: 3, Do: func(ctx context.Context, j work.Job, _ work.Progress) (work.Result, error) {
			<-ctx.Done()
			if j.Argument == "done" {
				return work.Result{Text: "done"}, nil
			}
			return work.Result{}, ctx.Err()
		}})
		for argument, want := range map[string]work.State{"done": work.Done, "": work.Cancelled} {
			for _, place := range []*work.Runner{r, work.New(w.Again(), options(w.Clock))} {
				j, err := r.Start(w.Ctx(), w.District, work.Job{Kind: "k", Argument: argument}, time.Time{})
				w.Must(err)
				wait(t, "it runs", func() bool { j, err = r.Job(w.Ctx(), w.District, j.ID); return err == nil && j.State == work.Running })
				w.Must(place.Stop(w.Ctx(), w.District, j.ID))
				if j = over(t, r, w.District, j.ID); j.State != want || j.Problem != nil {
					t.Errorf("a job that was stopped (%q): %+v", argument, j)
				}
			}
		}
	})
}

// A runner that ends lets its jobs wait, and the next one does them as if
// nothing had been.
func TestRunnerEnds(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		hang := work.Kind{Name: "k", Tries: 1, Do: func(ctx context.Context, _ work.Job, progress work.Progress) (work.Result, error) {
			progress("writing", 1, 2)
			<-ctx.Done()
			return work.Result{}, ctx.Err()
		}}
		r := work.New(w.Store, options(w.Clock))
		r.Handle(hang)
		r.Begin()
		j, err := r.Start(w.Ctx(), w.District, work.Job{Kind: "k"}, time.Time{})
		w.Must(err)
		wait(t, "it runs", func() bool { j, err := r.Job(w.Ctx(), w.District, j.ID); return err == nil && j.Phase == "writing" })
		w.Must(r.Close(w.Ctx()))
		if j, err = w.Store.Job(w.Ctx(), w.District, j.ID); err != nil || j.State != work.Waiting || j.Tries != 0 || j.Phase != "" {
			t.Errorf("after the end: %+v, %v", j, err)
		}
		hang.Do = func(context.Context, work.Job, work.Progress) (work.Result, error) { return work.Result{}, nil }
		next := runnerOf(t, w.Again(), options(w.Clock), hang)
		if j = over(t, next, w.District, j.ID); j.State != work.Done || j.Tries != 1 {
			t.Errorf("at the next: %+v", j)
		}
	})
}

// A failure is told in words that are kept; a fault is told to whoever runs
// the server; and both may be tried again.
func TestJobsFail(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		var faults atomic.Int32
		o := options(w.Clock)
		o.Passing = func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }
		o.Fault = func(j work.Job, err error) {
			faults.Add(1)
			if j.ID == 0 {
				t.Error(err)
			}
		}
		var mended atomic.Bool
		r := runnerOf(t, w.Store, o, work.Kind{Name: "k", Tries: 3, Do: func(_ context.Context, j work.Job, _ work.Progress) (work.Result, error) {
			switch {
			case mended.Load():
				return work.Result{}, nil
			case j.Argument == "told":
				return work.Result{}, survey.Fail(survey.Invalid, "roster.error.too_many_rows", "Rows", 200_000).Field("file", "roster.error.too_many_rows", "Rows", 200_000)
			case j.Argument == "panic":
				panic("nobody thought of this")
			case j.Argument == "passing":
				return work.Result{}, context.DeadlineExceeded
			}
			return work.Result{}, errBroken
		}})
		for argument, want := range map[string]string{
			"told": "roster.error.too_many_rows", "panic": "error.work.fault", "fault": "error.work.fault", "passing": "error.unavailable",
		} {
			j, err := r.Start(w.Ctx(), w.District, work.Job{Kind: "k", Argument: argument}, time.Time{})
			w.Must(err)
			j = over(t, r, w.District, j.ID)
			if j.State != work.Failed || j.Problem == nil || j.Problem.Key != want {
				t.Fatalf("%s: %+v", argument, j)
			}
			if argument == "told" && (j.Problem.Args["Rows"] != 200_000 || j.Problem.Fields["file"].Key == "") {
				t.Errorf("the words: %+v", j.Problem)
			}
			mended.Store(true)
			_, err = r.Again(w.Ctx(), w.District, j.ID)
			w.Must(err)
			if j = over(t, r, w.District, j.ID); j.State != work.Done || j.Problem != nil {
				t.Errorf("%s, again: %+v", argument, j)
			}
			if _, err := r.Again(w.Ctx(), w.District, j.ID); survey.KindOf(err) != survey.Conflict {
				t.Errorf("%s, done and again: %v", argument, err)
			}
			mended.Store(false)
		}
		if n := faults.Load(); n != 3 {
			t.Errorf("%d faults were told, want 3", n)
		}
	})
}

// While somebody writes for seconds nothing waits that only looks, and the
// end of a job is written when there is time again.
func TestWorkWhileTheStoreIsBusy(t *testing.T) {
	w := modeltest.New(t)
	step := make(chan int)
	r := runnerOf(t, w.Store, options(w.Clock), work.Kind{Name: "k", Tries: 3, Do: func(_ context.Context, _ work.Job, progress work.Progress) (work.Result, error) {
		for n := range step {
			progress("writing", n, 10)
		}
		return work.Result{}, nil
	}})
	j, err := r.Start(w.Ctx(), w.District, work.Job{Kind: "k"}, time.Time{})
	w.Must(err)
	step <- 1
	tx, err := w.SQL().Begin()
	w.Must(err)
	_, err = tx.Exec("UPDATE accounts SET last_seen = last_seen") // the file's lock
	w.Must(err)
	for n := 2; n <= 10; n++ {
		step <- n
		began := time.Now()
		j, err := r.Job(w.Ctx(), w.District, j.ID)
		if err != nil || j.Done < n-1 || time.Since(began) > 200*time.Millisecond {
			t.Errorf("step %d: %d done after %v, %v", n, j.Done, time.Since(began), err)
		}
		time.Sleep(200 * time.Millisecond)
	}
	close(step)
	w.Must(tx.Rollback())
	if j := over(t, r, w.District, j.ID); j.State != work.Done {
		t.Errorf("at the end: %+v", j)
	}
}

// wait polls until ok is true.
func wait(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not in time", what)
		}
	}
}
