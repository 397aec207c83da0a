package export

import (
	"iter"
	"time"
)

// Table is one sheet: a header, rows, and a row of sums that does not take
// part in filtering and sorting.
type Table struct {
	Title   string // names the sheet, as far as a sheet's name can
	Columns []Column
	Rows    Rows
	Sum     []Cell // nil for none
	Size    int    // how many rows there will be, 0 where nobody knows before
}

// Column of a table.
type Column struct {
	Head string
	Kind Kind // of most of its cells: a dash may stand among numbers
}

// Rows come one after the other, each with a cell for every column or fewer.
// An error ends them and the export.
type Rows = iter.Seq2[[]Cell, error]

// Of makes the rows of a list.
func Of[T any](list []T, row func(T) []Cell) Rows {
	return func(yield func([]Cell, error) bool) {
		for _, one := range list {
			if !yield(row(one), nil) {
				return
			}
		}
	}
}

// Note is one line of the sheet of notes.
type Note struct{ Name, Text string }

// Book is a workbook: tables, and the notes in a sheet of their own.
type Book struct {
	Tables    []Table
	NotesName string // of the sheet of notes: "说明"
	Notes     []Note
	Language  string    // "zh" or "en": how dates are written
	At        time.Time // of the files in an archive
}
