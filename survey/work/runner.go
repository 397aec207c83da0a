package work

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"meihao/survey"
)

// Kind is a kind of work.
type Kind struct {
	Name string
	// Tries is how often a job may be begun, counting those that ended with
	// their instance: 1 for what must not be repeated.
	Tries int
	// Keep is how long the file of a job is kept after its end; 0 as long as
	// the job.
	Keep time.Duration
	Do   func(ctx context.Context, j Job, progress Progress) (Result, error)
}

// Options of a runner.
type Options struct {
	AtOnce  int           // jobs that run at the same time in this instance
	Look    time.Duration // how often to look for what others left waiting
	Beat    time.Duration // how often to write progress
	Dead    time.Duration // a running job without a beat for so long is nobody's
	Now     func() time.Time
	Passing func(error) bool           // the job may be tried again at once; nil for never
	Fault   func(j Job, problem error) // told of what is nobody's mistake; j is zero where it is no job's
}

// DefaultOptions suit one instance: two jobs at once.
func DefaultOptions() Options {
	return Options{AtOnce: 2, Look: 3 * time.Second, Beat: time.Second, Dead: 30 * time.Second}
}

// Runner does the jobs of one instance.
type Runner struct {
	store    Store
	options  Options
	kinds    map[string]Kind
	instance survey.ID
	wake     chan struct{}   // something may be waiting
	ctx      context.Context //nolint:containedctx // of all jobs: they outlive the requests that asked for them
	cancel   context.CancelCauseFunc
	begun    sync.WaitGroup

	mu    sync.Mutex // guards what follows
	tasks map[survey.ID]*task
	open  map[survey.ID]survey.ID // unfinished jobs, with their accounts, as last looked
	over  chan struct{}           // closed, and made anew, when a job ended here
	blind bool                    // the store could not be asked; said once
}

// Why a job's context ends.
var (
	errShutdown = errors.New("the instance ends")
	errStopped  = errors.New("somebody asked to stop")
	errTaken    = errors.New("another instance has taken the job")
)

// New makes a runner that does nothing until Begin.
func New(store Store, o Options) *Runner {
	if o.Passing == nil {
		o.Passing = func(error) bool { return false }
	}
	if o.Fault == nil {
		o.Fault = func(Job, error) {}
	}
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	ctx, cancel := context.WithCancelCause(context.Background())
	return &Runner{
		store: store, options: o, kinds: map[string]Kind{}, instance: survey.NewID(b),
		wake: make(chan struct{}, 1), ctx: ctx, cancel: cancel,
		tasks: map[survey.ID]*task{}, open: map[survey.ID]survey.ID{}, over: make(chan struct{}),
	}
}

// Handle adds a kind of work, before Begin.
func (r *Runner) Handle(k Kind) { r.kinds[k.Name] = k }

// Begin takes jobs until Close.
func (r *Runner) Begin() { r.begun.Go(r.run) }

// Close takes no more jobs and tells those under way to end; they wait for
// the next instance, or for this one's next start. It returns when they have
// ended, or when ctx does.
func (r *Runner) Close(ctx context.Context) error {
	r.cancel(errShutdown)
	ended := make(chan struct{})
	go func() {
		r.begun.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return errors.Join(errors.New("long work did not end in time"), ctx.Err())
	}
}

// sweepEvery is how often old jobs are removed.
const sweepEvery = time.Hour

func (r *Runner) run() {
	look, beat, sweep := time.NewTicker(r.options.Look), time.NewTicker(r.options.Beat), time.NewTicker(sweepEvery)
	defer look.Stop()
	defer beat.Stop()
	defer sweep.Stop()
	r.sweep()
	r.look()
	for {
		select {
		case <-r.ctx.Done():
			return
		case <-r.wake:
			r.look()
		case <-look.C:
			r.look()
		case <-beat.C:
			r.beat()
		case <-sweep.C:
			r.sweep()
		}
	}
}

// sweep removes what is old. It is tried again in an hour.
func (r *Runner) sweep() {
	if err := r.store.SweepJobs(r.ctx, r.options.Now().AddDate(0, 0, -Days)); err != nil && r.ctx.Err() == nil {
		r.options.Fault(Job{}, err)
	}
	for _, k := range r.kinds {
		if k.Keep == 0 {
			continue
		}
		if err := r.store.SweepFiles(r.ctx, k.Name, r.options.Now().Add(-k.Keep)); err != nil && r.ctx.Err() == nil {
			r.options.Fault(Job{}, err)
		}
	}
}

// stir lets the runner look at once.
func (r *Runner) stir() {
	select {
	case r.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// mostOpen is how many unfinished jobs are looked at.
const mostOpen = 500

// writeWait is what taking a job or writing a beat may wait for the store:
// whoever saves answers comes first.
const writeWait = time.Second

// look takes jobs that wait, and those of instances that are gone, as long as
// there is room. What it saw it remembers, see Unfinished.
func (r *Runner) look() {
	jobs, err := r.store.OpenJobs(r.ctx, mostOpen)
	if err != nil {
		r.missed(err)
		return
	}
	r.remember(jobs)
	for _, j := range r.fair(jobs) {
		if !r.room() {
			return
		}
		if !r.takes(j) {
			continue
		}
		ctx, cancel := context.WithTimeout(r.ctx, writeWait)
		claimed, mine, err := r.store.ClaimJob(ctx, j, r.instance)
		cancel()
		if err != nil {
			if claimed, mine = r.claimed(j); !mine {
				r.missed(err)
				return
			}
		}
		if mine {
			r.take(claimed, j)
		}
	}
}

// fair are the jobs in the order in which they are taken: the first of each
// account that has nothing running, oldest first, then all the others. One
// account has a second job running only where nobody else waits.
func (r *Runner) fair(jobs []Job) []Job {
	busy := map[survey.ID]bool{}
	for _, j := range jobs {
		if j.State == Running && !r.dead(j) {
			busy[j.Account] = true
		}
	}
	r.mu.Lock()
	for _, t := range r.tasks {
		busy[t.now().Account] = true
	}
	r.mu.Unlock()
	var turns, others []Job
	for _, j := range jobs {
		if r.takes(j) && !busy[j.Account] {
			busy[j.Account] = true
			turns = append(turns, j)
		} else {
			others = append(others, j)
		}
	}
	return append(turns, others...)
}

// claimed looks whether a claim was written of which that was not heard:
// nobody would do the job until it must be dead.
func (r *Runner) claimed(was Job) (Job, bool) {
	if was.Instance == r.instance {
		return Job{}, false // of an earlier claim nobody can tell
	}
	j := was
	j.State, j.Instance, j.Tries = Running, r.instance, was.Tries+1
	j.Phase, j.Done, j.Total = "", 0, 0
	j.Started = r.options.Now()
	j.Beat = j.Started
	ctx, cancel := context.WithTimeout(r.ctx, writeWait)
	defer cancel()
	own, _, err := r.store.OwnJob(ctx, j)
	return j, err == nil && own
}

// dead says that the instance of a running job is gone.
func (r *Runner) dead(j Job) bool { return r.options.Now().Sub(j.Beat) > r.options.Dead }

// missed says once that the store could not be asked. That it had no time is
// nothing to say.
func (r *Runner) missed(err error) {
	r.mu.Lock()
	said := r.blind
	r.blind = true
	r.mu.Unlock()
	if !said && r.ctx.Err() == nil && !errors.Is(err, context.DeadlineExceeded) {
		r.options.Fault(Job{}, err)
	}
}

func (r *Runner) remember(jobs []Job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.blind = false
	r.open = make(map[survey.ID]survey.ID, len(jobs))
	for _, j := range jobs {
		r.open[j.ID] = j.Account
	}
}

func (r *Runner) room() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.tasks) < r.options.AtOnce && r.ctx.Err() == nil
}

// takes says whether a job is to be had: of a kind that is known here, and
// nobody's who lives.
func (r *Runner) takes(j Job) bool {
	r.mu.Lock()
	_, here := r.tasks[j.ID]
	r.mu.Unlock()
	_, known := r.kinds[j.Kind]
	if here || !known {
		return false
	}
	return j.State == Waiting || r.dead(j)
}
