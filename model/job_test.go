package model_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/work"
)

// A job is its account's; an administrator sees everybody's and touches none.
func TestJobsAreTheirAccounts(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		mine, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: "k", Name: "名册.xlsx", Argument: "{}", Once: "k 1"}, time.Time{})
		w.Must(err)
		if mine.State != work.Waiting || mine.By != "district" || mine.ID == 0 || !mine.Added.Equal(w.Clock.Now()) {
			t.Errorf("a new job: %+v", mine)
		}
		got, err := w.Store.Job(w.Ctx(), w.District, mine.ID)
		w.Must(err)
		if diff := cmp.Diff(mine, got); diff != "" {
			t.Errorf("read again (-want +got):\n%s", diff)
		}
		for _, other := range []survey.Actor{w.Colleague, w.City, w.Auditor} {
			if _, err := w.Store.Job(w.Ctx(), other, mine.ID); survey.KindOf(err) != survey.NotFound {
				t.Errorf("%s sees it: %v", other.Username, err)
			}
			if err := w.Store.StopJob(w.Ctx(), other, mine.ID); survey.KindOf(err) != survey.NotFound {
				t.Errorf("%s stops it: %v", other.Username, err)
			}
			if _, err := w.Store.AddJob(w.Ctx(), other, work.Job{Kind: "k", Once: "k 1"}, time.Time{}); survey.KindOf(err) != survey.NotFound {
				t.Errorf("%s joins it: %v", other.Username, err)
			}
			if list, err := w.Store.Jobs(w.Ctx(), other, 10); err != nil || len(list) != 0 {
				t.Errorf("%s lists %d jobs, %v", other.Username, len(list), err)
			}
		}
		if list, err := w.Store.Jobs(w.Ctx(), w.Admin, 10); err != nil || len(list) != 1 {
			t.Errorf("the administrator lists %d jobs, %v", len(list), err)
		}
		if _, err := w.Store.AgainJob(w.Ctx(), w.Admin, mine.ID); survey.KindOf(err) != survey.NotFound {
			t.Errorf("the administrator begins it again: %v", err)
		}
		w.Must(w.Store.StopJob(w.Ctx(), w.Admin, mine.ID))
		told := `{"account":"district","kind":"k","name":"名册.xlsx"}`
		if after := stops(t, w); len(after) != 1 || after[0].Username != "admin" || after[0].Object != "job "+mine.ID.String() || after[0].Detail != told {
			t.Errorf("stopping another's work is recorded as %+v", after)
		}
		if j, _ := w.Store.Job(w.Ctx(), w.District, mine.ID); j.State != work.Cancelled {
			t.Errorf("a waiting job that was stopped is %s", j.State)
		}
		if err := w.Store.StopJob(w.Ctx(), w.District, mine.ID); survey.KindOf(err) != survey.Conflict {
			t.Errorf("stopped twice: %v", err)
		}
		own, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: "k"}, time.Time{})
		w.Must(err)
		w.Must(w.Store.StopJob(w.Ctx(), w.District, own.ID))
		if n := len(stops(t, w)); n != 1 {
			t.Errorf("%d stops are recorded, want that of another's work alone", n)
		}
	})
}

// stops are the events of work that was stopped.
func stops(t *testing.T, w *modeltest.World) (list []survey.Event) {
	t.Helper()
	events, err := w.Store.Events(w.Ctx(), 0, 100)
	w.Must(err)
	for _, e := range events {
		if e.Action == "work.stopped" {
			list = append(list, e)
		}
	}
	return list
}

// Of what there is only one of there is one, until it came to nothing or is
// too old.
func TestOnce(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		ask := func(stale time.Time) work.Job {
			t.Helper()
			j, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: "k", Argument: "first", Once: "k 1"}, stale)
			w.Must(err)
			return j
		}
		first := ask(time.Time{})
		if second := ask(w.Clock.Now().Add(time.Hour)); second.ID != first.ID || second.State != work.Waiting {
			t.Errorf("asked twice: %+v and %+v", first, second)
		}
		claimed, mine, err := w.Store.ClaimJob(w.Ctx(), first, 7)
		w.Must(err)
		if _, again, err := w.Store.ClaimJob(w.Ctx(), first, 8); err != nil || again || !mine {
			t.Errorf("claimed by the first %t, by the second %t, %v", mine, again, err)
		}
		claimed.State, claimed.Ended = work.Done, w.Clock.Now()
		w.Must(w.Store.EndJob(w.Ctx(), claimed, &work.File{Name: "x", Media: "text/plain", Data: []byte("x")}))
		if j := ask(time.Time{}); j.State != work.Done {
			t.Errorf("asked for what is done: %s", j.State)
		}
		if j := ask(w.Clock.Now().Add(time.Second)); j.ID != first.ID || j.State != work.Waiting || j.File != "" || j.Tries != 0 {
			t.Errorf("asked for something newer: %+v", j)
		}
		if _, err := w.Store.JobFile(w.Ctx(), w.District, first.ID); survey.KindOf(err) != survey.NotFound {
			t.Errorf("the old file: %v", err)
		}
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM job_parts"); n != 0 {
			t.Errorf("%d parts of the old file are there", n)
		}
	})
}

// Old jobs go with their files, and old uploads with them; what is under way
// stays.
func TestSweepJobs(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		_, err := w.Store.AddUpload(w.Ctx(), w.District, "x.csv", []byte("x"))
		w.Must(err)
		for range 2 {
			_, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: "k"}, time.Time{})
			w.Must(err)
		}
		open, err := w.Store.OpenJobs(w.Ctx(), 10)
		w.Must(err)
		j, _, err := w.Store.ClaimJob(w.Ctx(), open[0], 7)
		w.Must(err)
		j.State = work.Done
		large := &work.File{Name: "x.bin", Media: "application/octet-stream", Data: bytes.Repeat([]byte("0123456789"), 500_000)}
		w.Must(w.Store.EndJob(w.Ctx(), j, large))
		file, err := w.Store.JobFile(w.Ctx(), w.District, j.ID)
		w.Must(err)
		if !bytes.Equal(file.Data, large.Data) {
			t.Errorf("a file of %d bytes comes back with %d", len(large.Data), len(file.Data))
		}
		w.Must(w.Store.SweepJobs(w.Ctx(), w.Clock.Now()))
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM jobs"); n != 2 {
			t.Errorf("%d jobs are left at once, want 2", n)
		}
		w.Clock.Add(8 * 24 * time.Hour)
		w.Must(w.Store.SweepJobs(w.Ctx(), w.Clock.Now().AddDate(0, 0, -work.Days)))
		for table, want := range map[string]int64{"jobs": 1, "job_parts": 0, "uploads": 0} {
			if n := number(t, w.SQL(), "SELECT COUNT(*) FROM "+table); n != want {
				t.Errorf("%d rows in %s after a week, want %d", n, table, want)
			}
		}
	})
}

// The files of a kind go after their time, and the jobs stay to say so.
func TestSweepFiles(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		done := func(kind string) work.Job {
			j, err := w.Store.AddJob(w.Ctx(), w.District, work.Job{Kind: kind}, time.Time{})
			w.Must(err)
			j, _, err = w.Store.ClaimJob(w.Ctx(), j, 7)
			w.Must(err)
			j.State, j.Ended = work.Done, w.Clock.Now()
			w.Must(w.Store.EndJob(w.Ctx(), j, &work.File{Name: "x", Media: "text/plain", Data: []byte("x")}))
			return j
		}
		var old []work.Job
		for range 7 { // more than go in one transaction
			old = append(old, done("export"))
		}
		other := done("plan")
		w.Clock.Add(25 * time.Hour)
		fresh := done("export")
		w.Must(w.Store.SweepFiles(w.Ctx(), "export", w.Clock.Now().Add(-24*time.Hour)))
		for _, j := range old {
			if _, err := w.Store.JobFile(w.Ctx(), w.District, j.ID); survey.KindOf(err) != survey.NotFound {
				t.Errorf("an old file: %v", err)
			}
			if kept, err := w.Store.Job(w.Ctx(), w.District, j.ID); err != nil || kept.State != work.Done || kept.File != "" {
				t.Errorf("its job: %+v %v", kept, err)
			}
		}
		for _, j := range []work.Job{other, fresh} {
			if _, err := w.Store.JobFile(w.Ctx(), w.District, j.ID); err != nil {
				t.Errorf("another file: %v", err)
			}
		}
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM job_parts"); n != 2 {
			t.Errorf("%d parts are left, want 2", n)
		}
	})
}

// options let a runner look and beat quickly.
func options(clock *modeltest.Clock) work.Options {
	return work.Options{AtOnce: 2, Look: 10 * time.Millisecond, Beat: 10 * time.Millisecond, Dead: 30 * time.Second, Now: clock.Now}
}

// runnerOf begins a runner with kinds of work.
func runnerOf(t *testing.T, store work.Store, o work.Options, kinds ...work.Kind) *work.Runner {
	t.Helper()
	r := work.New(store, o)
	for _, k := range kinds {
		r.Handle(k)
	}
	r.Begin()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := r.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return r
}

// over waits for a job's end.
func over(t *testing.T, r *work.Runner, who survey.Actor, id survey.ID) work.Job {
	t.Helper()
	j, err := r.Await(t.Context(), who, id, 10*time.Second)
	if err != nil || !j.Over() {
		t.Fatalf("the job does not end: %+v, %v", j, err)
	}
	return j
}

var errBroken = errors.New("something broke")
