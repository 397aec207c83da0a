package roster

import (
	"maps"
	"slices"

	"meihao/survey"
)

// mostNotes is how many notes of one kind a register has: whoever reads a
// hundred knows what the matter is, and a wrong file would have half a million.
const mostNotes = 100

// told is how often something was said, by its key, and where it was kept last.
type told map[string]*tellings

type tellings struct {
	count int
	last  Note
}

// add puts a note into a list, unless that has enough of its kind.
func (t told) add(list []Note, n Note) []Note {
	of := t[n.Key]
	if of == nil {
		of = &tellings{}
		t[n.Key] = of
	}
	if of.count++; of.count > mostNotes {
		return list
	}
	of.last = n
	return append(list, n)
}

// rest says how many notes were left out, at the last one of each kind that
// is there.
func (t told) rest(list []Note) []Note {
	for _, key := range slices.Sorted(maps.Keys(t)) {
		if of := t[key]; of.count > mostNotes {
			message := survey.Fail(survey.Invalid, "roster.note.more", "Count", of.count-mostNotes).Message
			list = append(list, Note{Row: of.last.Row, Sheet: of.last.Sheet, Message: message})
		}
	}
	return list
}

// passed are lines of one sort that were passed over: how many, and the first
// of them.
type passed struct {
	count int
	rows  []int
}

func (p *passed) add(row int) {
	p.count++
	if last := len(p.rows) - 1; len(p.rows) <= rowsNamed && (last < 0 || p.rows[last] != row) {
		p.rows = append(p.rows, row)
	}
}

// rowsNamed is how many rows a note lists.
const rowsNamed = 10
