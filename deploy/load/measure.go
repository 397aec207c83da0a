package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// series is one line of the table: something that is done again and again
// from many connections.
type series struct {
	name    string
	against []comparison // by rate, first the one that goals are about
	saves   bool         // each success is an answer that must be stored
	inStore bool         // in the district without HTTP
	begin   func(ctx context.Context) (worker, error)

	rounds []round
	done   int64 // successes, of the warm-up too
	failed int64
}

// comparison of a series with another one of the same rounds. A goal of 0 is
// none.
type comparison struct {
	base *series
	goals
}

// versus adds one.
func (s *series) versus(base *series, g goals) *series {
	s.against = append(s.against, comparison{base, g})
	return s
}

// worker is one of the connections.
type worker interface {
	// once does the thing and says whether it succeeded; an error ends the run.
	once(ctx context.Context) (bool, error)
	close() error
}

// round is what one series did in one round.
type round struct {
	rate     float64       // successes a second
	p50, p99 time.Duration // of the time until the answer was read
	cpu      time.Duration // for one success: of this process, client included, and of the database's
}

// measure lets all workers go at once and ends when each has read its last
// answer: nothing is under way afterwards, so successes can be counted. used
// is the CPU time so far.
func (s *series) measure(ctx context.Context, connections int, length time.Duration, used func() time.Duration) (round, error) {
	workers := make([]worker, connections)
	for i := range workers {
		w, err := s.begin(ctx)
		if err != nil {
			return round{}, err
		}
		workers[i] = w
	}
	results := make([]result, connections)
	var group sync.WaitGroup
	before, start := used(), time.Now()
	for i, w := range workers {
		group.Go(func() { results[i] = work(ctx, w, start.Add(length)) })
	}
	group.Wait()
	took, cpu := time.Since(start), used()-before
	var all times
	var fault error
	for i, r := range results {
		fault = errors.Join(fault, r.err, workers[i].close())
		all = append(all, r.times...)
		s.failed += r.failed
	}
	s.done += int64(len(all))
	if fault != nil || len(all) == 0 {
		return round{}, errors.Join(fault, errorIf(len(all) == 0, "nothing succeeded"))
	}
	return round{
		rate: float64(len(all)) / took.Seconds(),
		p50:  all.at(0.5), p99: all.at(0.99),
		cpu: cpu / time.Duration(len(all)),
	}, nil
}

// result is what one worker did.
type result struct {
	times  times // of successes
	failed int64
	err    error
}

func work(ctx context.Context, w worker, until time.Time) result {
	r := result{times: make(times, 0, 1<<12)}
	for now := time.Now(); now.Before(until); {
		ok, err := w.once(ctx)
		if err != nil {
			r.err = err
			return r
		}
		end := time.Now()
		if ok {
			r.times = append(r.times, end.Sub(now))
		} else {
			r.failed++
		}
		now = end
	}
	return r
}

func errorIf(bad bool, text string) error {
	if bad {
		return errors.New(text)
	}
	return nil
}

// median of some numbers, the lower one of the middle two.
func median[T interface{ ~int64 | ~float64 }](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

// of is the median over the rounds of what pick takes from each.
func of[T interface{ ~int64 | ~float64 }](s *series, pick func(round) T) T {
	values := make([]T, len(s.rounds))
	for i, r := range s.rounds {
		values[i] = pick(r)
	}
	return median(values)
}

// to is the median over the rounds of this series against another in the same
// round: by rate, which is what the goals are about, and by CPU, which says
// more on a machine that is busy with other things.
func (s *series) to(base *series) (rate, cpu float64) {
	rates, cpus := make([]float64, len(s.rounds)), make([]float64, len(s.rounds))
	for i, r := range s.rounds {
		other := base.rounds[i]
		rates[i] = r.rate / other.rate
		cpus[i] = float64(other.cpu) / float64(max(1, r.cpu))
	}
	return median(rates), median(cpus)
}
