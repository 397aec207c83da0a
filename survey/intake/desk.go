package intake

import (
	"context"
	"errors"
	"sync"

	"meihao/survey"
)

// Store saves submissions in one transaction and returns one result for each,
// in order. An error means that nothing of the group was saved.
type Store interface {
	SaveResponses(ctx context.Context, submissions []survey.Submission) ([]survey.Saved, error)
}

// Options of a desk.
type Options struct {
	Queue int                            // submissions that may wait; more are answered Busy
	Group int                            // most submissions in one transaction
	Fault func(group int, problem error) // told of each group that failed whole; nil for nobody
}

// DefaultOptions suit one instance: 4,096 waiting, 256 in a group.
func DefaultOptions() Options { return Options{Queue: 4096, Group: 256} }

// faultsInARow is how many submissions of a failed group may fail alone, one
// after another, before the fault is taken to be the store's: the rest are
// told so at once instead of each waiting for its own failure.
const faultsInARow = 2

// Desk saves what is waiting in groups: no timer, the next group is what
// came while the last one was committed. Submit returns only after the
// commit that holds its submission (DESIGN §4).
type Desk struct {
	store   Store
	group   int
	fault   func(int, error)
	waiting chan job
	done    chan struct{}

	mu     sync.RWMutex // guards closed against sends on waiting
	closed bool
}

type job struct {
	submission survey.Submission
	answer     chan survey.Saved
}

// NewDesk opens a desk; Close drains it.
func NewDesk(store Store, o Options) *Desk {
	d := &Desk{store: store, group: o.Group, fault: o.Fault, waiting: make(chan job, o.Queue), done: make(chan struct{})}
	if d.fault == nil {
		d.fault = func(int, error) {}
	}
	go d.run()
	return d
}

// Submit waits until the submission is durable or refused. A full queue and
// a closed desk are Busy at once, and so is a store that cannot save. If ctx
// ends first the result is Busy too, although the submission may still be
// saved: the same request again gets its receipt.
func (d *Desk) Submit(ctx context.Context, s survey.Submission) survey.Saved {
	j := job{submission: s, answer: make(chan survey.Saved, 1)}
	if !d.enqueue(j) {
		return survey.Saved{Err: busy()}
	}
	select {
	case saved := <-j.answer:
		return saved
	case <-ctx.Done():
		return survey.Saved{Err: busy()}
	}
}

func busy() error { return survey.Fail(survey.Busy, "error.busy") }

// unavailable is busy for what failed and not for what was too much.
func unavailable() error { return survey.Fail(survey.Busy, "error.unavailable") }

func (d *Desk) enqueue(j job) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.closed {
		return false
	}
	select {
	case d.waiting <- j:
		return true
	default:
		return false
	}
}

// Waiting is how many submissions wait for their group now, and how many may.
func (d *Desk) Waiting() (waiting, capacity int) { return len(d.waiting), cap(d.waiting) }

// Close takes no more, saves what is waiting and returns when all of it is
// answered, or when ctx ends.
func (d *Desk) Close(ctx context.Context) error {
	d.mu.Lock()
	if !d.closed {
		d.closed = true
		close(d.waiting)
	}
	d.mu.Unlock()
	select {
	case <-d.done:
		return nil
	case <-ctx.Done():
		return errors.Join(errors.New("the desk was not drained"), ctx.Err())
	}
}

func (d *Desk) run() {
	defer close(d.done)
	jobs := make([]job, 0, d.group)
	for first := range d.waiting {
		jobs = append(jobs[:0], first)
		jobs = d.gather(jobs)
		d.save(jobs)
	}
}

// gather takes what is waiting right now, up to a group.
func (d *Desk) gather(jobs []job) []job {
	for len(jobs) < d.group {
		select {
		case j, open := <-d.waiting:
			if !open {
				return jobs
			}
			jobs = append(jobs, j)
		default:
			return jobs
		}
	}
	return jobs
}

// save commits a group and answers it. After a fault its submissions are
// tried one by one, so that one broken submission costs its neighbours
// nothing.
func (d *Desk) save(jobs []job) {
	err := d.try(jobs)
	if err == nil {
		return
	}
	d.fault(len(jobs), err)
	failed := 0
	for i := range jobs {
		if len(jobs) > 1 && failed < faultsInARow {
			if err := d.try(jobs[i : i+1]); err == nil {
				failed = 0
				continue
			}
			failed++
		}
		jobs[i].answer <- survey.Saved{Err: unavailable()}
	}
}

// try saves jobs in one transaction and answers them; after a fault nothing
// is saved and nobody is answered.
func (d *Desk) try(jobs []job) error {
	submissions := make([]survey.Submission, len(jobs))
	for i, j := range jobs {
		submissions[i] = j.submission
	}
	// The people waiting may have gone, their answers must be saved all the
	// same: the group has a life of its own.
	saved, err := d.store.SaveResponses(context.Background(), submissions)
	if err != nil {
		return err
	}
	for i, j := range jobs {
		j.answer <- saved[i]
	}
	return nil
}
