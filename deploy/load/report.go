package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"meihao/survey"
)

// report prints what the rounds gave, measures what does not alternate, and
// settles the accounts. The error is a loss or a finding, never a missed
// goal.
func (s *stage) report(ctx context.Context, out io.Writer) error {
	s.printSeries(out)
	var t table
	s.ratios(&t)
	t.add("memory of clients, servers and stores", mebibytes(memoryOf(self, "VmRSS")), "")
	if s.wants(pacePart) {
		if err := s.paced(ctx, &t); err != nil {
			return err
		}
	}
	if s.wants(crowdPart) {
		if err := s.crowd(ctx, &t); err != nil {
			return err
		}
	}
	if s.wants(pairPart) && s.server != nil {
		if err := s.pair(ctx, &t); err != nil {
			return err
		}
	}
	broken := s.settle(ctx, &t)
	_, _ = fmt.Fprintln(out)
	t.print(out)
	return broken
}

// printSeries prints the rates.
func (s *stage) printSeries(out io.Writer) {
	if len(s.series) == 0 {
		return
	}
	const line = "%-32s %9s %9s %9s %9s %s\n"
	_, _ = fmt.Fprintf(out, line, "", "a second", "p50", "p99", "CPU each", "")
	for _, one := range s.series {
		failed := ""
		if one.failed > 0 {
			failed = fmt.Sprintf(" (%d failed)", one.failed)
		}
		_, _ = fmt.Fprintf(out, line, one.name, whole(of(one, func(r round) float64 { return r.rate })),
			brief(of(one, func(r round) time.Duration { return r.p50 })), brief(of(one, func(r round) time.Duration { return r.p99 })),
			brief(of(one, func(r round) time.Duration { return r.cpu })), failed)
	}
}

// ratios puts in the comparisons.
func (s *stage) ratios(t *table) {
	for _, one := range s.series {
		for _, c := range one.against {
			rate, cpu := one.to(c.base)
			verdict := ""
			if c.goal > 0 {
				verdict = c.atLeast(rate, ratio)
			}
			t.add(one.name+" / "+c.base.name, fmt.Sprintf("%.2f, by CPU %.2f", rate, cpu), verdict)
		}
	}
}

// paced sends answers at a constant rate while dashboards are read.
func (s *stage) paced(ctx context.Context, t *table) error {
	q, err := s.product.store.Questionnaire(ctx, s.product.campaign.Questionnaire)
	if err != nil {
		return err
	}
	person, err := newStaff(ctx, s.product.store)
	if err != nil {
		return err
	}
	if err := person.signIn(ctx, s.web.server.address); err != nil {
		return err
	}
	one := &series{name: "pace", saves: true}
	r := pacing{
		address: s.web.server.address, rate: 500, length: s.pace,
		visit: visit{requests: formRequests(newSheets(q)), lobbies: s.product.spread(), letter: s.letter(), number: new(atomic.Int64), want: 303},
		staff: person, pages: dashboards(s.product.campaign, s.product.lobbies[0].Project.ID, 0),
	}
	p, err := r.run(ctx)
	if err != nil {
		return err
	}
	one.done, one.failed = int64(len(p.times)), p.failed
	s.series = append(s.series, one)
	p.report(t, r)
	return nil
}

// settle ends all that is under way and weighs the two databases. What was
// acknowledged must be stored, and verify must find nothing.
func (s *stage) settle(ctx context.Context, t *table) error {
	if err := s.close(ctx); err != nil {
		return err
	}
	var broken error
	for _, d := range []struct {
		name string
		*district
		store bool
	}{{"over HTTP, one in four with a comment", s.product, false}, {"store, without comments", s.store, true}} {
		var acknowledged int64
		for _, one := range s.series {
			if one.saves && one.inStore == d.store {
				acknowledged += one.done
			}
		}
		err := d.account(ctx, t, d.name, acknowledged, d.store)
		broken = errors.Join(broken, err)
	}
	return broken
}

// account says what became of the answers that one district acknowledged.
func (d *district) account(ctx context.Context, t *table, name string, acknowledged int64, weigh bool) error {
	var findings []survey.Finding
	took, err := timed(func() (err error) {
		findings, err = d.store.Verify(ctx, 0)
		return err
	})
	if err != nil {
		return errors.Join(err, d.store.Close())
	}
	stored, err := d.stored(ctx)
	if err := errors.Join(err, d.store.Close()); err != nil { // checkpoints
		return err
	}
	t.add(name+": acknowledged, stored", fmt.Sprintf("%d, %d", acknowledged, stored), mark(acknowledged == stored))
	t.add("  verify, "+brief(took), fmt.Sprintf("%d findings", len(findings)), mark(len(findings) == 0))
	for _, f := range findings {
		t.add("    "+f.Where, f.What, "")
	}
	if weigh && d.dsn == "" && stored > 0 {
		size, err := d.bytes(ctx)
		if err != nil {
			return err
		}
		each := float64(size-d.empty) / float64(stored)
		t.add("  bytes each", whole(each), goals{400, 300}.atMost(each, whole))
	}
	return errors.Join(errorIf(acknowledged != stored, "acknowledged is not stored"), errorIf(len(findings) > 0, "verify found something"))
}
