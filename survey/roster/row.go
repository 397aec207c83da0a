package roster

import (
	"fmt"

	"meihao/survey"
)

// Limits of a register (UX "Register import").
const (
	MaxBytes = 50 << 20
	MaxRows  = 200_000

	// MostRefused is how many refusals a plan names; the number of refused
	// rows is that of all.
	MostRefused = 20_000

	maxLines  = 2 * MaxRows // below headers: rows, totals, headings of pages
	maxCells  = 10_000_000  // with content; what a merged cell says counts in each cell of it
	maxText   = 256 << 20   // bytes in them
	maxListed = 8_000_000   // rooms in the lists of one register: those of the largest cities
)

// File is a register as read: its rows, and notes on the file as a whole
// (columns that mean nothing to us, lines that were passed over, sheets that
// were not read).
type File struct {
	Name string // for messages, of a file without districts
	Form Form
	// Project is for the caller to set: the project of the rows of a register
	// of buildings that name none, by its register number or its name.
	Project string
	// District is for the caller to set: the district of the rows of a
	// register of projects that name none.
	District string
	Rows     []Row
	Notes    []Note

	Districtless bool // a register of projects without a column of districts
	// Titles are, by Row.Sheet, the names and titles of sheets that have no
	// column of projects.
	Titles map[string][]string
}

// Row is one line of a register: one building of a project, or a project
// without buildings; in a register of buildings also one unit of a building,
// or one home. An empty text, a zero number of households and a nil mean that
// the line does not say.
type Row struct {
	Sheet  string // of a workbook of which several sheets were read, else ""
	Number int    // line in the file, sheet row in a workbook; from 1, the header counts

	Register, District, Subdistrict, Community string
	Project, Company, Kind, Phone              string

	Building     string
	Units        *int         // units of the building: 0 where it has none
	Unit         string       // the unit that the line is about, as written
	Rooms        string       // of that unit or the building, as survey.PackRooms packs those of one unit
	Homes        survey.Homes // the unit's or the building's
	Whole        bool         // Homes are the building's, in one cell for several units or homes
	ProjectHomes survey.Homes // the project's own figures

	Errors []survey.Message // what is wrong with the line; it is refused then
}

// where is the row as messages name it: its number, with several sheets as
// spreadsheets name a place ("二期!12").
func (r *Row) where() any { return where(r.Sheet, r.Number) }

func where(sheet string, row int) any {
	if sheet == "" {
		return row
	}
	return fmt.Sprintf("%s!%d", sheet, row)
}

// Note is something worth knowing that refuses nothing.
type Note struct {
	Row   int    // 0: the file, or sheet, as a whole
	Sheet string // "" where only one was read
	survey.Message
}

// At is the place of a note: "", "12", or with several sheets "二期!12".
func (n Note) At() string { return at(n.Sheet, n.Row) }

func at(sheet string, row int) string {
	if row == 0 {
		return sheet
	}
	return fmt.Sprint(where(sheet, row))
}
