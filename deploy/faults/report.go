package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// line is a trial in one line, with what is wrong below it.
func (r result) line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s: ", r.name, r.engine)
	switch {
	case r.skipped != "":
		fmt.Fprintf(&b, "SKIPPED: %s", r.skipped)
		return b.String()
	default:
		fmt.Fprintf(&b, "%d ×, %d attempted, %d acknowledged, %d stored, %d lost, %d doubled, %d foreign",
			r.count, r.attempted, r.acknowledged, r.stored, r.lost, r.doubled, r.foreign)
	}
	if r.late > 0 {
		fmt.Fprintf(&b, ", %d told by a retry", r.late)
	}
	if r.limit > 0 {
		fmt.Fprintf(&b, ", slowest %s of %v", brief(r.worst), r.limit)
	}
	if r.slowestBack > 0 {
		fmt.Fprintf(&b, ", back after %s at most", brief(r.slowestBack))
	}
	for _, n := range r.notes {
		b.WriteString(", " + n)
	}
	fmt.Fprintf(&b, ": %s (%v)", r.verdict(), r.took.Round(time.Second/10))
	if !r.failed() {
		return b.String()
	}
	if r.err != nil {
		fmt.Fprintf(&b, "\n  %v", r.err)
	}
	if r.missed != "" {
		fmt.Fprintf(&b, "\n  not found: %s", r.missed)
	}
	for _, text := range append(r.faults, r.examples...) {
		b.WriteString("\n  " + text)
	}
	return b.String()
}

// verdict is one word or two.
func (r result) verdict() string {
	switch {
	case r.skipped != "":
		return "skipped"
	case r.control && r.failed():
		return "NOT FOUND"
	case r.control:
		return "found, as it must be"
	case r.failed():
		return "FAILED"
	}
	return "kept"
}

// table prints all results below one another.
func table(out io.Writer, results []result, took time.Duration) {
	say(out, "")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(cells ...string) { _, _ = fmt.Fprintln(w, strings.Join(cells, "\t")+"\t") }
	row("experiment", "engine", "times", "attempted", "acknowledged", "stored", "lost", "doubled", "foreign", "slowest", "limit", "verdict")
	failed, skipped := 0, 0
	for _, r := range results {
		slowest, limit := "", ""
		if r.limit > 0 {
			slowest, limit = brief(r.worst), r.limit.String()
		}
		cells := []string{r.name, r.engine}
		for _, n := range []int{r.count, r.attempted, r.acknowledged, r.stored, r.lost, r.doubled, r.foreign} {
			if r.skipped != "" {
				cells = append(cells, "")
				continue
			}
			cells = append(cells, strconv.Itoa(n))
		}
		row(append(cells, slowest, limit, r.verdict())...)
		if r.failed() {
			failed++
		}
		if r.skipped != "" {
			skipped++
		}
	}
	_ = w.Flush() // to the terminal
	say(out, "\n%d trials and controls in %v, %d failed, %d skipped", len(results), took.Round(time.Second), failed, skipped)
}

func brief(d time.Duration) string {
	if d < time.Second {
		return d.Round(time.Millisecond).String()
	}
	return d.Round(time.Second / 100).String()
}
