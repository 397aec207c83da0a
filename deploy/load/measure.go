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
	name  string
	base  *series // what its rate is compared with, nil for nothing
	goal  float64 // the least ratio to base
	saves bool    // each success is an answer that must be stored
	begin func(ctx context.Context) (worker, error)

	rounds []round
	done   int64 // successes, of the warm-up too
	failed int64
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
	cpu      time.Duration // of the whole process for one success, client included
}

// measure lets all workers go at once and ends when each has read its last
// answer: nothing is under way afterwards, so successes can be counted.
func (s *series) measure(ctx context.Context, connections int, length time.Duration) (round, error) {
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
	before, start := cpuTime(), time.Now()
	for i, w := range workers {
		group.Go(func() { results[i] = work(ctx, w, start.Add(length)) })
	}
	group.Wait()
	took, cpu := time.Since(start), cpuTime()-before
	var all []time.Duration
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
	slices.Sort(all)
	return round{
		rate: float64(len(all)) / took.Seconds(),
		p50:  all[len(all)/2], p99: all[len(all)*99/100],
		cpu: cpu / time.Duration(len(all)),
	}, nil
}

// result is what one worker did.
type result struct {
	times  []time.Duration // of successes
	failed int64
	err    error
}

func work(ctx context.Context, w worker, until time.Time) result {
	r := result{times: make([]time.Duration, 0, 1<<12)}
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

// ratio is the median over the rounds of this series against its base in the
// same round: by rate, which is what the goals are about, and by CPU, which
// says more on a machine that is busy with other things.
func (s *series) ratio() (rate, cpu float64) {
	rates, cpus := make([]float64, len(s.rounds)), make([]float64, len(s.rounds))
	for i, r := range s.rounds {
		base := s.base.rounds[i]
		rates[i] = r.rate / base.rate
		cpus[i] = float64(base.cpu) / float64(max(1, r.cpu))
	}
	return median(rates), median(cpus)
}
