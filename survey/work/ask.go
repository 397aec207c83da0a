package work

import (
	"context"
	"time"

	"meihao/survey"
)

// Start asks for a job: see Store.AddJob for what there is only one of. It
// begins as soon as there is room in some instance.
func (r *Runner) Start(ctx context.Context, actor survey.Actor, j Job, stale time.Time) (Job, error) {
	j, err := r.store.AddJob(ctx, actor, j, stale)
	if err != nil {
		return Job{}, err
	}
	r.expect(j)
	return j, nil
}

// Again tries a failed or cancelled job once more.
func (r *Runner) Again(ctx context.Context, actor survey.Actor, id survey.ID) (Job, error) {
	j, err := r.store.AgainJob(ctx, actor, id)
	if err != nil {
		return Job{}, err
	}
	r.expect(j)
	return j, nil
}

// expect looks at once for a job that waits.
func (r *Runner) expect(j Job) {
	if j.Over() {
		return
	}
	r.mu.Lock()
	r.open[j.ID] = j.Account
	r.mu.Unlock()
	r.stir()
}

// Stop ends a job: one that waits at once, one that runs as soon as it
// notices; what it has done by then stays done.
func (r *Runner) Stop(ctx context.Context, actor survey.Actor, id survey.ID) error {
	if err := r.store.StopJob(ctx, actor, id); err != nil {
		return err
	}
	r.mu.Lock()
	t := r.tasks[id]
	r.mu.Unlock()
	if t != nil {
		t.stop()
		return nil
	}
	r.stir() // it may have been waiting: look who is left
	return nil
}

// Job is a job with its progress, from memory where it runs here.
func (r *Runner) Job(ctx context.Context, actor survey.Actor, id survey.ID) (Job, error) {
	r.mu.Lock()
	t := r.tasks[id]
	r.mu.Unlock()
	if t != nil {
		if j := t.now(); Sees(actor, j) {
			return j, nil
		}
		return Job{}, survey.NotFoundError("error.not_found")
	}
	return r.store.Job(ctx, actor, id)
}

// Sees says whether a job is the actor's to see: their own, and an
// administrator's everybody's.
func Sees(actor survey.Actor, j Job) bool {
	return actor.Account == j.Account || actor.Role == survey.Administrator
}

// Jobs are the newest jobs that the actor sees, with their progress.
func (r *Runner) Jobs(ctx context.Context, actor survey.Actor, limit int) ([]Job, error) {
	jobs, err := r.store.Jobs(ctx, actor, limit)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, j := range jobs {
		if t := r.tasks[j.ID]; t != nil && !j.Over() {
			jobs[i] = t.now()
		}
	}
	return jobs, nil
}

// File is the file that came of the actor's job.
func (r *Runner) File(ctx context.Context, actor survey.Actor, id survey.ID) (File, error) {
	return r.store.JobFile(ctx, actor, id)
}

// awaitEvery is how often Await looks for a job that another instance runs.
const awaitEvery = 250 * time.Millisecond

// Await waits until a job is over, at most for so long, and returns it as it
// is then.
func (r *Runner) Await(ctx context.Context, actor survey.Actor, id survey.ID, most time.Duration) (Job, error) {
	limit := time.NewTimer(most)
	defer limit.Stop()
	for {
		r.mu.Lock()
		over := r.over
		r.mu.Unlock()
		j, err := r.Job(ctx, actor, id)
		if err != nil || j.Over() {
			return j, err
		}
		select {
		case <-over:
		case <-time.After(awaitEvery):
		case <-limit.C:
			return j, nil
		case <-ctx.Done():
			return j, nil
		}
	}
}

// Unfinished is how many jobs of an account wait or run, as far as this
// instance knows: what it has, and what it saw when it last looked. It asks
// nobody, so that every page can show it.
func (r *Runner) Unfinished(account survey.ID) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, whose := range r.open {
		if whose == account {
			n++
		}
	}
	return n
}
