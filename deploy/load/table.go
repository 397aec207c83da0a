package main

import (
	"fmt"
	"io"
	"slices"
	"time"
	"unicode/utf8"
)

// table is a report: a line for each figure, beside what PERFORMANCE wants.
type table struct{ lines [][3]string }

// add puts in a figure; verdict "" where nothing is wanted of it.
func (t *table) add(what, measured, verdict string) {
	t.lines = append(t.lines, [3]string{what, measured, verdict})
}

func (t *table) print(out io.Writer) {
	var widths [2]int
	for _, l := range t.lines {
		for i := range widths {
			widths[i] = max(widths[i], utf8.RuneCountInString(l[i]))
		}
	}
	for _, l := range t.lines {
		_, _ = fmt.Fprintf(out, "%-*s  %*s  %s\n", widths[0], l[0], widths[1], l[1], l[2])
	}
}

// goals are what a figure should come to; a stretch of 0 is none.
type goals struct{ goal, stretch float64 }

// atLeast and atMost judge a figure against its goal and its stretch.
func (g goals) atLeast(got float64, show func(float64) string) string {
	return g.judge("≥", func(want float64) bool { return got >= want }, show)
}

func (g goals) atMost(got float64, show func(float64) string) string {
	return g.judge("≤", func(want float64) bool { return got <= want }, show)
}

func (g goals) judge(sign string, reached func(float64) bool, show func(float64) string) string {
	text := fmt.Sprintf("%s %s %s", sign, show(g.goal), mark(reached(g.goal)))
	if g.stretch != 0 {
		text += fmt.Sprintf("  stretch %s %s", show(g.stretch), mark(reached(g.stretch)))
	}
	return text
}

func mark(reached bool) string {
	if reached {
		return "✓"
	}
	return "✗"
}

// most judges a time.
func most(got, goal, stretch time.Duration) string {
	return goals{float64(goal), float64(stretch)}.atMost(float64(got), func(f float64) string { return brief(time.Duration(f)) })
}

func ratio(f float64) string { return fmt.Sprintf("%.2f", f) }
func whole(f float64) string { return fmt.Sprintf("%.0f", f) }

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

// times are what something took, again and again.
type times []time.Duration

// at is the time that a part of them did not exceed: 0.5 is the median.
func (t times) at(part float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))]
}
