package work

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"meihao/survey"
)

// task is a job under way in this instance.
type task struct {
	cancel context.CancelCauseFunc
	mu     sync.Mutex
	job    Job
}

// now is the job as it is at this moment.
func (t *task) now() Job {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.job
}

func (t *task) progress(phase string, done, total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.job.Phase, t.job.Done, t.job.Total = phase, done, total
}

// stop tells the job to end because somebody asked for it.
func (t *task) stop() {
	t.mu.Lock()
	t.job.Stop = true
	t.mu.Unlock()
	t.cancel(errStopped)
}

// take begins a claimed job, or ends what another instance left behind and
// what nobody wants any more.
func (r *Runner) take(j, was Job) {
	ctx, cancel := context.WithCancelCause(r.ctx)
	t := &task{cancel: cancel, job: j}
	r.mu.Lock()
	r.tasks[j.ID] = t
	r.mu.Unlock()
	r.begun.Go(func() {
		defer cancel(nil)
		switch kind := r.kinds[j.Kind]; {
		case was.Stop:
			r.end(t, Result{}, errStopped, errStopped)
		case j.Tries > kind.Tries:
			r.end(t, Result{}, survey.Fail(survey.Conflict, "error.work.interrupted"), nil)
		default:
			result, err := do(ctx, kind, t)
			r.end(t, result, err, context.Cause(ctx))
		}
	})
}

// do does a job. A panic of it is its own: the server lives on.
func do(ctx context.Context, k Kind, t *task) (result Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return k.Do(ctx, t.now(), t.progress)
}

// end writes how a job ended. What was done is done, whatever somebody wished
// meanwhile; what was broken off by the end of this instance, or by a fault
// that passes, waits for its next try.
func (r *Runner) end(t *task, result Result, err, cause error) {
	j := t.now()
	j.Ended = r.options.Now()
	switch {
	case err == nil:
		j.State, j.Result, j.Done = Done, result.Text, j.Total
	case errors.Is(cause, errTaken):
		r.forget(j.ID)
		return
	case errors.Is(cause, errStopped):
		j.State = Cancelled
	case errors.Is(cause, errShutdown):
		j.State = Waiting
	default:
		j.State, j.Problem = Failed, r.problem(j, err)
	}
	r.persist(j, result.File)
	r.forget(j.ID)
}

// problem is what people are told of an error.
func (r *Runner) problem(j Job, err error) *survey.Error {
	var told *survey.Error
	if errors.As(err, &told) {
		return told
	}
	r.options.Fault(j, err)
	if r.options.Passing(err) {
		return survey.Fail(survey.Busy, "error.unavailable")
	}
	return survey.Fail(survey.Internal, "error.work.fault", "Job", j.ID.String())
}

// The end of a job is written even if the store has no time at first.
const (
	endTime  = 20 * time.Second
	endPause = 200 * time.Millisecond
)

// persist writes the end of a job. Where that cannot be done the job has no
// more beats, and some instance will take it again.
func (r *Runner) persist(j Job, file *File) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), endTime)
	defer cancel()
	for {
		var err error
		if j.State == Waiting {
			err = r.store.ReleaseJob(ctx, j)
		} else {
			err = r.store.EndJob(ctx, j, file)
		}
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			r.options.Fault(j, err)
			return
		case <-time.After(endPause):
		}
	}
}

// forget lets go of a job that ended, and tells who waits for it.
func (r *Runner) forget(id survey.ID) {
	r.mu.Lock()
	delete(r.tasks, id)
	delete(r.open, id)
	close(r.over)
	r.over = make(chan struct{})
	r.mu.Unlock()
	r.stir()
}

// beat writes the progress of what runs here, and hears whether it is wanted
// no more. What would have to wait is left out: the next beat says more.
func (r *Runner) beat() {
	for _, t := range r.running() {
		j := t.now()
		ctx, cancel := context.WithTimeout(r.ctx, writeWait)
		own, stop, err := r.store.OwnJob(ctx, j)
		switch {
		case err != nil:
		case !own:
			t.cancel(errTaken)
		case stop:
			t.stop()
			fallthrough
		default:
			_ = r.store.BeatJob(ctx, j) // or the next one
		}
		cancel()
	}
}

func (r *Runner) running() []*task {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]*task, 0, len(r.tasks))
	for _, t := range r.tasks {
		list = append(list, t)
	}
	return list
}
