package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Rates of a crowd, a second (issue "The resident's two minutes").
const (
	crowdPages   = 500
	crowdAnswers = 300
)

// crowd sends pages and answers at constant rates together, spread over a
// poster of each project: first to a server that has rendered no page yet, as
// after a start, then to the same one when it has rendered all. The goals are
// the second's.
func (s *stage) crowd(ctx context.Context, t *table) error {
	q, err := s.product.store.Questionnaire(ctx, s.product.campaign.Questionnaire)
	if err != nil {
		return err
	}
	web, err := serve(ctx, s.product.store)
	if err != nil {
		return err
	}
	answers := pacing{
		address: web.server.address, rate: crowdAnswers, length: s.pace,
		visit: visit{requests: formRequests(newSheets(q)), lobbies: s.product.spread(), letter: s.letter(), number: new(atomic.Int64), want: http.StatusSeeOther},
	}
	one := &series{name: crowdPart, saves: true}
	for _, warm := range []bool{false, true} {
		if warm {
			_, err = renderAll(ctx, web.server, answers.lobbies)
		}
		if err == nil {
			err = answers.together(ctx, t, one, warm)
		}
		if err != nil {
			break
		}
	}
	s.series = append(s.series, one)
	return errors.Join(err, web.drain(ctx))
}

// together is one run; answers are added to one.
func (p pacing) together(ctx context.Context, t *table, one *series, warm bool) error {
	pages := p
	pages.rate, pages.visit = crowdPages, visit{requests: pageRequest(), lobbies: p.lobbies, number: new(atomic.Int64), want: http.StatusOK}
	var shown, saved paced
	var pageFault, answerFault error
	var group sync.WaitGroup
	group.Go(func() { shown, pageFault = pages.run(ctx) })
	group.Go(func() { saved, answerFault = p.run(ctx) })
	group.Wait()
	one.done, one.failed = one.done+int64(len(saved.times)), one.failed+saved.failed
	t.add(fmt.Sprintf("pages at %d/s with answers at %d/s for %v, %s", crowdPages, crowdAnswers, p.length,
		map[bool]string{false: "none rendered before", true: "all rendered before"}[warm]), "", "")
	for _, of := range []struct {
		name string
		paced
	}{{"pages", shown}, {"answers", saved}} {
		verdict := ""
		if warm {
			verdict = most(of.at(0.99), 50*time.Millisecond, 20*time.Millisecond)
		}
		t.add("  "+of.name+": p50, p99", brief(of.at(0.5))+", "+brief(of.at(0.99)), verdict)
		t.add("  "+of.name+": served, failed", fmt.Sprintf("%d, %d", len(of.times), of.failed), mark(of.failed == 0))
	}
	return errors.Join(pageFault, answerFault)
}
