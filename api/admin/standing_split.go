package admin

import (
	"slices"
	"strconv"

	"meihao/survey"
	"meihao/survey/stats"
)

// splitTable is one way to split a project, both bases side by side.
type splitTable struct {
	By              survey.SplitKind
	Rows            []splitLine
	Owner, Resident string // why a base has no figures, or ""
	Weak, Plain     string // addresses of the two orders, "" where there is one order
	Weakest         bool   // the lowest rate comes first
}

// splitLine is one part of a project.
type splitLine struct {
	Key, Label      string
	Owner, Resident *splitCell // nil where the part is none of this base
}

// splitCell is one part of one base, with its bar.
type splitCell struct {
	survey.SplitRow
	LightWord word
	Bar       string // the rate on a scale of 0–100, for display only; "" where there is none
}

// Few says that figures are hidden, which is not the same as none.
func (c splitCell) Few() bool { return c.Answered == nil }

// splitsOf puts the splits of both bases side by side.
func splitsOf(list []survey.Split) []splitTable {
	var tables []splitTable
	for _, s := range list {
		at := slices.IndexFunc(tables, func(t splitTable) bool { return t.By == s.By })
		if at < 0 {
			at, tables = len(tables), append(tables, splitTable{By: s.By})
		}
		tables[at].add(s)
	}
	return tables
}

func (t *splitTable) add(s survey.Split) {
	if s.Base == survey.OwnerBase {
		t.Owner = s.Hidden
	} else {
		t.Resident = s.Hidden
	}
	for _, row := range s.Rows {
		at := slices.IndexFunc(t.Rows, func(l splitLine) bool { return l.Key == row.Key })
		if at < 0 {
			at, t.Rows = len(t.Rows), append(t.Rows, splitLine{Key: row.Key, Label: row.Label})
		}
		if s.Base == survey.OwnerBase {
			t.Rows[at].Owner = splitCellOf(row)
		} else {
			t.Rows[at].Resident = splitCellOf(row)
		}
	}
}

func splitCellOf(row survey.SplitRow) *splitCell {
	c := &splitCell{SplitRow: row, LightWord: lightWord(row.Light)}
	if row.Satisfied != nil && *row.Answered > 0 {
		c.Bar = strconv.FormatFloat(100*float64(*row.Satisfied)/float64(*row.Answered), 'f', 2, 64)
	}
	return c
}

// weakestFirst puts the lowest rate of the owners first, and what has no rate
// last.
func (t *splitTable) weakestFirst() {
	rated := func(l splitLine) bool { return l.Owner != nil && l.Owner.Bar != "" }
	slices.SortStableFunc(t.Rows, func(a, b splitLine) int {
		if !rated(a) || !rated(b) {
			return presence(rated(b)) - presence(rated(a))
		}
		return stats.CompareShare(*a.Owner.Satisfied, *a.Owner.Answered, *b.Owner.Satisfied, *b.Owner.Answered)
	})
}

func presence(is bool) int {
	if is {
		return 1
	}
	return 0
}
