package admin

import (
	"fmt"
	"strings"

	"meihao/survey"
	"meihao/survey/export"
)

// IntervalText is the interval of a change in percentage points.
func (r comparedRow) IntervalText() string { return differenceText(r.Interval) }

// differenceText is an interval of a difference as pages write it, for display:
// "−8.1 … +0.4".
func differenceText(interval *[2]float64) string {
	if interval == nil {
		return ""
	}
	return pointsOf(interval[0]) + " … " + pointsOf(interval[1])
}

// pointsOf prints a fraction in percentage points: one decimal, and more, to
// six, until what is on one side of 0 does not look like 0.
func pointsOf(v float64) string {
	const most = 6
	for decimals := 1; decimals <= most; decimals++ {
		if text := fmt.Sprintf("%+.*f", decimals, 100*v); strings.ContainsAny(text, "123456789") {
			return strings.Replace(text, "-", "−", 1)
		}
	}
	return "0.0"
}

// pointsCell is a printed change as a number, a dash where there is none.
func pointsCell(points string) export.Cell {
	if points == "" {
		return dash()
	}
	return export.Signed(points)
}

// intervalCells are the two ends of an interval as numbers.
func intervalCells(interval *[2]float64) []export.Cell {
	if interval == nil {
		return []export.Cell{dash(), dash()}
	}
	return []export.Cell{export.Signed(pointsOf(interval[0])), export.Signed(pointsOf(interval[1]))}
}

// Words are the changes that the table can be narrowed to.
func (v compareView) Words() []survey.Change { return survey.Changes() }

// Sorts are the orders that the table can be put in.
func (v compareView) Sorts() []string { return compareSorts() }
