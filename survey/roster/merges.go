package roster

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// maxMerges is how many merged cells a sheet may have: one for each project
// and column of a large city.
const maxMerges = 200_000

// region is one merged cell: rows and columns from 1, the last ones included.
type region struct{ top, left, bottom, right int }

// merges gives the cells below and right of the first one of a merged cell
// what that says, row by row from the top.
type merges struct {
	areas  []region
	next   int                      // the first region that no row has reached
	active [maxColumns]*activeMerge // by column
	last   int                      // the rightmost column with an active one, from 1
}

type activeMerge struct {
	region
	value string
}

// merged looks for the merged cells of a sheet. They stand behind its rows,
// so the part is looked through once before it is read, for this tag alone.
func (w *workbook) merged(s sheet) (*merges, error) {
	file, err := w.files[strings.ToLower(s.path)].Open()
	if err != nil {
		return nil, broken()
	}
	defer file.Close()
	limited := &io.LimitedReader{R: file, N: w.scanned}
	m := &merges{}
	lines := bufio.NewReaderSize(limited, 64<<10)
	for {
		tag, err := lines.ReadSlice('>')
		if err := w.budget.stopped(); err != nil {
			return nil, err
		}
		if a, is := mergeTag(tag); is {
			m.areas = append(m.areas, a)
		}
		switch {
		case limited.N <= 0, len(m.areas) > maxMerges:
			return nil, bloated()
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			w.scanned = limited.N
			slices.SortStableFunc(m.areas, func(a, b region) int { return a.top - b.top })
			return m, nil
		case err != nil:
			return nil, broken()
		}
	}
}

// mergeTag reads <mergeCell ref="A1:B3"/>, with or without a prefix; text
// before it belongs to something else.
func mergeTag(tag []byte) (region, bool) {
	start := bytes.LastIndexByte(tag, '<')
	if start < 0 || !bytes.Contains(tag[start:], []byte("mergeCell ")) {
		return region{}, false
	}
	_, ref, found := bytes.Cut(tag[start:], []byte(`ref="`))
	if !found {
		return region{}, false
	}
	ref, _, _ = bytes.Cut(ref, []byte{'"'})
	from, to, found := strings.Cut(string(ref), ":")
	a := region{rowOf(from), columnOf(from), rowOf(to), columnOf(to)}
	return a, found && a.top > 0 && a.left > 0 && a.left <= maxColumns && a.bottom >= a.top && a.right >= a.left
}

// rowOf is the row of a cell reference: "AB7" is 7, 0 where there is none.
func rowOf(reference string) int {
	n, err := strconv.Atoi(strings.TrimLeft(strings.ToUpper(reference), "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// fill gives a row with a value of its own what merged cells say.
func (m *merges) fill(l *line) {
	m.reach(l)
	for column := 1; column <= m.last; column++ {
		a := m.active[column-1]
		if a == nil || a.bottom < l.number {
			m.active[column-1] = nil
			continue
		}
		if a.value == "" {
			continue
		}
		for len(l.cells) < column {
			l.cells = append(l.cells, "")
		}
		for len(l.merged) < len(l.cells) {
			l.merged = append(l.merged, corner{})
		}
		l.cells[column-1], l.merged[column-1] = a.value, corner{a.top, a.left}
	}
	for m.last > 0 && m.active[m.last-1] == nil {
		m.last--
	}
}

// reach begins the merged cells whose first row is this one, and passes those
// over of which the first row has nothing.
func (m *merges) reach(l *line) {
	for ; m.next < len(m.areas) && m.areas[m.next].top <= l.number; m.next++ {
		a := m.areas[m.next]
		if a.top < l.number || a.left > len(l.cells) {
			continue
		}
		active := &activeMerge{a, l.cells[a.left-1]}
		for column := a.left; column <= min(a.right, maxColumns); column++ {
			m.active[column-1] = active
		}
		m.last = max(m.last, min(a.right, maxColumns))
	}
}
