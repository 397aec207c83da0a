package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// pacing sends answers at a constant rate, each at its own moment whatever
// became of those before it, and reads dashboard pages meanwhile.
type pacing struct {
	address string
	visit
	rate   int // answers a second
	length time.Duration
	staff  *staff // who reads pages, nil for nobody
	pages  []dashboard
}

// paced is what became of it.
type paced struct {
	times         // of answers: from the moment each was due until it was acknowledged
	failed  int64 // answers that were refused
	views   times // of dashboard pages
	slowest string
}

// pacers is on how many connections the answers come.
const pacers = 64

func (p pacing) run(ctx context.Context) (paced, error) {
	var done paced
	var guard sync.Mutex // done and fault
	var fault error
	var next atomic.Int64
	var group sync.WaitGroup
	begun := time.Now().Add(10 * time.Millisecond)
	total := int64(p.length.Seconds() * float64(p.rate))
	for range pacers {
		w, err := p.begin(p.address)(ctx)
		if err != nil {
			return done, err
		}
		group.Go(func() {
			took, failed, err := p.answer(ctx, w, begun, total, &next)
			guard.Lock()
			defer guard.Unlock()
			done.times, done.failed = append(done.times, took...), done.failed+failed
			fault = errors.Join(fault, err, w.close())
		})
	}
	if p.staff != nil {
		group.Go(func() {
			views, slowest, err := p.view(ctx, begun.Add(p.length))
			guard.Lock()
			defer guard.Unlock()
			done.views, done.slowest = views, slowest
			fault = errors.Join(fault, err)
		})
	}
	group.Wait()
	return done, fault
}

// answer sends what is due until the last is sent.
func (p pacing) answer(ctx context.Context, w worker, begun time.Time, total int64, next *atomic.Int64) (took times, failed int64, err error) {
	for {
		n := next.Add(1) - 1
		if n >= total {
			return took, failed, nil
		}
		due := begun.Add(time.Duration(float64(n) / float64(p.rate) * float64(time.Second)))
		time.Sleep(time.Until(due))
		ok, err := w.once(ctx)
		if err != nil {
			return took, failed, err
		}
		if ok {
			took = append(took, time.Since(due))
		} else {
			failed++
		}
	}
}

// view reads page after page.
func (p pacing) view(ctx context.Context, until time.Time) (took times, slowest string, err error) {
	var worst time.Duration
	for n := 0; time.Now().Before(until); n++ {
		page, begun := p.pages[n%len(p.pages)], time.Now()
		if _, err := p.staff.read(ctx, p.address, page.path); err != nil {
			return took, slowest, fmt.Errorf("%s: %w", page.name, err)
		}
		one := time.Since(begun)
		took = append(took, one)
		if one > worst {
			worst, slowest = one, page.name
		}
		time.Sleep(time.Until(begun.Add(viewsEach)))
	}
	return took, slowest, nil
}

// report puts in what was seen.
func (p paced) report(t *table, of pacing) {
	t.add(fmt.Sprintf("answers at %d/s for %v, a dashboard page each %v: p50, p99", of.rate, of.length, viewsEach),
		brief(p.at(0.5))+", "+brief(p.at(0.99)), most(p.at(0.99), 50*time.Millisecond, 20*time.Millisecond))
	t.add("  acknowledged, failed", fmt.Sprintf("%d, %d", len(p.times), p.failed), "")
	if len(p.views) > 0 {
		t.add("  pages meanwhile: median, slowest", brief(p.views.at(0.5))+", "+brief(p.views.at(1)), p.slowest)
	}
}
