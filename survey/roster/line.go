package roster

// line is one line of a sheet before anybody knows what its cells mean. Its
// cells are clean, each was cleaned once.
type line struct {
	number int
	cells  []string
	// merged tells, cell by cell, where the merged cell begins that it belongs
	// to; nil where the line has none.
	merged []corner
}

// corner is where a merged cell begins, its column from 1; the zero corner is
// of a cell that is not merged.
type corner struct{ row, column int }

// cell is what a cell says, "" beyond the last one.
func (l line) cell(i int) string {
	if i >= len(l.cells) {
		return ""
	}
	return l.cells[i]
}

// spread says whether a cell only repeats one to its left with which it is
// merged.
func (l line) spread(i int) bool {
	return i < len(l.merged) && l.merged[i].column > 0 && l.merged[i].column <= i
}

// beginning is the row in which the merged cell begins that this cell belongs
// to, 0 where it is not merged with cells of other rows above.
func (l line) beginning(i int) int {
	if i < len(l.merged) && l.merged[i].row < l.number {
		return l.merged[i].row
	}
	return 0
}

// filled is how many cells say something, and how many bytes.
func (l line) filled() (cells, text int) {
	for _, c := range l.cells {
		if c != "" {
			cells++
			text += len(c)
		}
	}
	return cells, text
}

// kept is a copy, since readers use their cells again.
func (l line) kept() line {
	l.cells = append([]string(nil), l.cells...)
	l.merged = append([]corner(nil), l.merged...)
	return l
}
