package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"meihao/survey"
)

// settled is what became of the answers that one database acknowledged.
type settled struct {
	name                 string
	acknowledged, stored int64
	weight               float64 // bytes per response, after the checkpoint
	findings             []survey.Finding
	took                 time.Duration // of verify
}

// weightGoal is the most bytes per response, without comment (PERFORMANCE).
const weightGoal = 400

// report prints the table and settles the accounts. The error is a loss or a
// finding, never a missed goal.
func (s *stage) report(ctx context.Context, o options, out io.Writer) error {
	resident, peak := memory("VmRSS"), memory("VmHWM")
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(out, format+"\n", args...) }
	say("%d rounds of %v, medians; %d connections, %d projects with %d posters; %s, %d CPUs; page of %d bytes",
		o.rounds, o.time, o.connections, o.projects, len(s.product.lobbies), runtime.Version(), runtime.NumCPU(), len(s.page.zipped))
	const line = "%-28s %9s %9s %9s %9s  %s"
	say(line, "", "a second", "p50", "p99", "CPU each", "ratio  by CPU  goal")
	for _, one := range s.series {
		say(line, one.name, fmt.Sprintf("%.0f", of(one, func(r round) float64 { return r.rate })),
			brief(of(one, func(r round) time.Duration { return r.p50 })), brief(of(one, func(r round) time.Duration { return r.p99 })),
			brief(of(one, func(r round) time.Duration { return r.cpu })), one.judged())
	}
	list, err := s.settle(ctx)
	if err != nil {
		return err
	}
	var broken error
	for _, one := range list {
		say("%s: %d acknowledged, %d stored, %.0f bytes each; verify: %d findings in %s", one.name,
			one.acknowledged, one.stored, one.weight, len(one.findings), brief(one.took))
		for _, f := range one.findings {
			say("  %s: %s", f.Where, f.What)
		}
		broken = errors.Join(broken, errorIf(one.acknowledged != one.stored, "acknowledged is not stored"),
			errorIf(len(one.findings) > 0, "verify found something"))
	}
	say("storage without comments: %.0f bytes each, goal ≤ %d %s", list[1].weight, weightGoal, mark(list[1].weight <= weightGoal))
	say("memory of clients, both servers and both stores: %d MiB, at most %d MiB", resident>>20, peak>>20)
	return broken
}

// judged is the ratio by rate and by CPU, the goal and whether the rate
// reached it, and the requests that failed where any did.
func (s *series) judged() string {
	text := ""
	if s.base != nil {
		rate, cpu := s.ratio()
		text = fmt.Sprintf("%5.2f  %6.2f  ≥ %.2f %s", rate, cpu, s.goal, mark(rate >= s.goal))
	}
	if s.failed > 0 {
		text += fmt.Sprintf(" (%d failed)", s.failed)
	}
	return text
}

func mark(reached bool) string {
	if reached {
		return "reached"
	}
	return "missed"
}

// brief writes a time with three digits or so.
func brief(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return d.Round(100 * time.Nanosecond).String()
	case d < time.Second:
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
