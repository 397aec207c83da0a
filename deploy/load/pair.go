package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"meihao/static"
	"meihao/survey"
)

// pair measures two instances on one database against one, each in a process
// of its own. Both run all the time; the rounds differ in whom they ask.
func (s *stage) pair(ctx context.Context, t *table) (err error) {
	var addresses []string
	var processes []string
	for range 2 {
		i, err := s.product.start(ctx, "")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, i.stop()) }()
		addresses, processes = append(addresses, i.address), append(processes, i.process())
	}
	used := func() time.Duration {
		sum := s.cpu()
		for _, p := range processes {
			sum += cpuTimeOf(p)
		}
		return sum
	}
	list, err := s.pairSeries(addresses)
	if err != nil {
		return err
	}
	for number := range s.rounds + 1 {
		length := s.time
		if number == 0 {
			length /= 4
		}
		for _, one := range list {
			r, err := one.measure(ctx, s.connections, length, used)
			if err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
			if number > 0 {
				one.rounds = append(one.rounds, r)
			}
		}
	}
	s.series = append(s.series, list...)
	for k := 0; k < len(list); k += 2 {
		one, two := list[k], list[k+1]
		rate, cpu := two.to(one)
		t.add(fmt.Sprintf("%s / one (%.0f/s)", two.name, of(one, func(r round) float64 { return r.rate })),
			fmt.Sprintf("%.2f, by CPU %.2f", rate, cpu), goals{1, 1.5}.atLeast(rate, ratio))
		t.add("  refused or failed on the way, deadlocks too", fmt.Sprint(one.failed+two.failed), mark(one.failed+two.failed == 0))
	}
	return nil
}

// pairSeries are one and two instances, spread and on one project.
func (s *stage) pairSeries(addresses []string) ([]*series, error) {
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		return nil, err
	}
	requests := formRequests(newSheets(q))
	var list []*series
	for n, way := range []struct {
		name    string
		lobbies []survey.PosterPlace
	}{{"spread", s.product.spread()}, {"one project", s.product.lobbies[:buildingCount]}} {
		for count := 1; count <= 2; count++ {
			v := visit{requests: requests, lobbies: way.lobbies, letter: byte('q' + 2*n + count), number: new(atomic.Int64), want: http.StatusSeeOther}
			next := new(atomic.Int64)
			list = append(list, &series{
				name: fmt.Sprintf("form: %d instances, %s", count, way.name), saves: true,
				begin: func(ctx context.Context) (worker, error) {
					return v.begin(addresses[int(next.Add(1))%count])(ctx)
				},
			})
		}
	}
	return list, nil
}
