package model_test

import (
	"math/big"
	"slices"
)

// figures are what somebody has seen of one project: for each shown number the
// set of events (an answer, another answer of the same home, a release) that
// it is the sum of. He knows who is in which set, and wants to know what a few
// of them said.
type figures struct{ sets map[string]bool }

func (f *figures) add(set []bool) {
	if f.sets == nil {
		f.sets = map[string]bool{}
	}
	row := make([]byte, len(set))
	for i, in := range set {
		if in {
			row[i] = 1
		}
	}
	f.sets[string(row)] = true
}

// smallest is the smallest group of fewer than so many events whose sum can be
// had by adding up figures with any factors, or nil. Events that are in the
// same figures cannot be told apart and are one column; the columns of many
// come first, so that what is left after elimination are combinations in which
// only few are.
func (f *figures) smallest(limit int) []int {
	columns := f.columns()
	slices.SortStableFunc(columns, func(a, b column) int { return len(b.events) - len(a.events) })
	rows := reduced(columns)
	var small []reducedRow
	for _, r := range rows {
		if len(columns[r.pivot].events) < limit {
			small = append(small, r)
		}
	}
	s := search{columns: columns, limit: limit}
	s.choose(small, make([]*big.Rat, len(columns)), 0)
	return s.found
}

// column is a set of events that are in the same figures.
type column struct {
	in     []bool // by figure
	events []int
}

func (f *figures) columns() []column {
	sets := make([]string, 0, len(f.sets))
	width := 0
	for set := range f.sets {
		sets, width = append(sets, set), max(width, len(set))
	}
	slices.Sort(sets)
	var list []column
	at := map[string]int{}
	for event := range width {
		in, key := make([]bool, len(sets)), make([]byte, len(sets))
		for i, set := range sets {
			if event < len(set) && set[event] == 1 {
				in[i], key[i] = true, 1
			}
		}
		if !slices.Contains(in, true) {
			continue
		}
		i, known := at[string(key)]
		if !known {
			i, at[string(key)] = len(list), len(list)
			list = append(list, column{in: in})
		}
		list[i].events = append(list[i].events, event)
	}
	return list
}

type reducedRow struct {
	pivot  int
	values []*big.Rat
}

// reduced is the reduced row echelon form of the figures.
func reduced(columns []column) []reducedRow {
	if len(columns) == 0 {
		return nil
	}
	var rows []reducedRow
	var left [][]*big.Rat
	for figure := range columns[0].in {
		row := make([]*big.Rat, len(columns))
		for i, c := range columns {
			row[i] = new(big.Rat)
			if c.in[figure] {
				row[i].SetInt64(1)
			}
		}
		left = append(left, row)
	}
	for pivot := range columns {
		at := slices.IndexFunc(left, func(row []*big.Rat) bool { return row[pivot].Sign() != 0 })
		if at < 0 {
			continue
		}
		row := left[at]
		left = slices.Delete(left, at, at+1)
		inverse := new(big.Rat).Inv(row[pivot])
		for _, n := range row {
			n.Mul(n, inverse)
		}
		for _, other := range left {
			subtract(other, row, pivot)
		}
		for _, other := range rows {
			subtract(other.values, row, pivot)
		}
		rows = append(rows, reducedRow{pivot, row})
	}
	return rows
}

// subtract takes so much of a row from another that its pivot is 0.
func subtract(from, row []*big.Rat, pivot int) {
	if from[pivot].Sign() == 0 {
		return
	}
	factor := new(big.Rat).Set(from[pivot])
	for i, n := range row {
		if n.Sign() != 0 {
			from[i].Sub(from[i], new(big.Rat).Mul(factor, n))
		}
	}
}

// search tries the sums of rows whose pivots are few together: in a sum that is
// a group each row has the factor 0 or 1.
type search struct {
	columns []column
	limit   int
	found   []int
}

func (s *search) choose(rows []reducedRow, sum []*big.Rat, size int) {
	if s.look(sum); s.found != nil {
		return
	}
	for i, r := range rows {
		next := size + len(s.columns[r.pivot].events)
		if next >= s.limit {
			continue
		}
		with := make([]*big.Rat, len(sum))
		for c := range sum {
			with[c] = r.values[c]
			if sum[c] != nil {
				with[c] = new(big.Rat).Add(sum[c], r.values[c])
			}
		}
		if s.choose(rows[i+1:], with, next); s.found != nil {
			return
		}
	}
}

// look takes a sum that is a group of some, and of fewer than the limit.
func (s *search) look(sum []*big.Rat) {
	var events []int
	for c, n := range sum {
		switch {
		case n == nil || n.Sign() == 0:
		case n.IsInt() && n.Num().IsInt64() && n.Num().Int64() == 1:
			events = append(events, s.columns[c].events...)
		default:
			return
		}
	}
	if len(events) > 0 && len(events) < s.limit {
		s.found = events
	}
}
