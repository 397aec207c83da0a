package admin

import (
	"fmt"
	"strings"

	"meihao/survey"
)

// IntervalText is the interval of a change in percentage points.
func (r comparedRow) IntervalText() string { return differenceText(r.Interval) }

// differenceText is an interval of a difference as pages write it, for display:
// "−8.1 … +0.4".
func differenceText(interval *[2]float64) string {
	if interval == nil {
		return ""
	}
	end := func(v float64) string { return strings.Replace(fmt.Sprintf("%+.1f", 100*v), "-", "−", 1) }
	return end(interval[0]) + " … " + end(interval[1])
}

// Words are the changes that the table can be narrowed to.
func (v compareView) Words() []survey.Change { return survey.Changes() }

// Sorts are the orders that the table can be put in.
func (v compareView) Sorts() []string { return compareSorts() }
