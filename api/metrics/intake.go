package metrics

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meihao/survey"
	desk "meihao/survey/intake"
)

// Results of a submission that are no refusal (DESIGN §8 names those).
const (
	saved = "saved"
	retry = "retry" // known already: the same receipt again
	gone  = "gone"  // whoever sent it left before it was answered
	other = "other"
)

// Results are the values of the label result of meihao_submissions_total.
func Results() []string {
	all := []string{saved, retry, gone, other}
	for _, kind := range []survey.Kind{
		survey.Closed, survey.NotOpen, survey.UnknownPoster, survey.RetiredPoster, survey.AlreadyAnswered, survey.NoBase,
		survey.Invalid, survey.WrongCode, survey.TooLarge, survey.Busy, survey.Internal,
	} {
		all = append(all, string(kind))
	}
	return all
}

// intake counts what becomes of answers.
type intake struct {
	results        map[string]prometheus.Counter
	acknowledged   prometheus.Histogram
	groups, commit prometheus.Histogram
	failed         prometheus.Counter
}

func newIntake(r prometheus.Registerer) intake {
	i := intake{
		results: counters(r, "submissions_total", "Submissions by result, refusals by their code.", "result", Results()...),
		acknowledged: histogram(r, "submission_duration_seconds", "From the gate to the acknowledgement, of answers that were acknowledged.",
			[]float64{.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10}),
		groups: histogram(r, "group_size", "Submissions in one transaction that was committed.",
			prometheus.ExponentialBuckets(1, 2, 13)),
		commit: histogram(r, "group_duration_seconds", "Time of a transaction that was committed.",
			[]float64{.0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10}),
		failed: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: space, Name: "group_failures_total", Help: "Transactions of answers of which nothing was saved.",
		}),
	}
	r.MustRegister(i.failed)
	return i
}

// Submitted counts what became of a submission, however early it was refused.
// The context is its request's.
func (i intake) Submitted(ctx context.Context, s survey.Saved) {
	counter, ok := i.results[resultOf(ctx, s)]
	if !ok { // a word that answers are not refused with
		counter = i.results[other]
	}
	counter.Inc()
}

func resultOf(ctx context.Context, s survey.Saved) string {
	switch {
	case s.Err == nil && s.Retry:
		return retry
	case s.Err == nil:
		return saved
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](s.Err); tooLarge {
		return string(survey.TooLarge)
	}
	if ctx.Err() != nil || isGone(s.Err) {
		return gone
	}
	if told, ok := errors.AsType[*survey.Error](s.Err); ok {
		return string(told.Kind)
	}
	return string(survey.Internal)
}

// isGone says whether a body broke off or stood still before its end.
func isGone(err error) bool {
	network, ok := errors.AsType[*net.OpError](err)
	return ok && network.Op == "read" || errors.Is(err, io.ErrUnexpectedEOF)
}

// Desk takes submissions to their acknowledgement.
type Desk interface {
	Submit(ctx context.Context, s survey.Submission) survey.Saved
}

// Desk is the desk with its acknowledgements timed.
func (i intake) Desk(next Desk) Desk { return timedDesk{next, i.acknowledged} }

type timedDesk struct {
	Desk
	took prometheus.Histogram
}

func (d timedDesk) Submit(ctx context.Context, s survey.Submission) survey.Saved {
	began := time.Now()
	done := d.Desk.Submit(ctx, s)
	if done.Err == nil {
		d.took.Observe(time.Since(began).Seconds())
	}
	return done
}

// Store is the desk's store with its groups counted and timed.
func (i intake) Store(next desk.Store) desk.Store { return timedStore{next, i} }

type timedStore struct {
	next desk.Store
	intake
}

func (s timedStore) SaveResponses(ctx context.Context, group []survey.Submission) ([]survey.Saved, error) {
	began := time.Now()
	done, err := s.next.SaveResponses(ctx, group)
	if err != nil {
		s.failed.Inc()
		return done, err
	}
	s.commit.Observe(time.Since(began).Seconds())
	s.groups.Observe(float64(len(group)))
	return done, nil
}
