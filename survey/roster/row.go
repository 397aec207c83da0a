package roster

import "meihao/survey"

// Limits of a register (UX "Register import").
const (
	MaxBytes = 50 << 20
	MaxRows  = 200_000
)

// File is a register as read: its rows, and notes on the file as a whole
// (columns that mean nothing to us, sheets that were not read).
type File struct {
	Rows  []Row
	Notes []Note
}

// Row is one line of a register: one building of a project, or a project
// without buildings. An empty text, a zero number of households and a nil
// mean that the line does not say.
type Row struct {
	Number int // line in the file, sheet row in a workbook; from 1, the header counts

	Register, District, Subdistrict, Community string
	Project, Company, Phone                    string

	Building     string
	Units        *int         // units of the building: 0 where it has none
	Homes        survey.Homes // the building's
	ProjectHomes survey.Homes // the project's own figures

	Errors []survey.Message // what is wrong with the line; it is refused then
}

// Note is something worth knowing that refuses nothing.
type Note struct {
	Row int // 0: the file as a whole
	survey.Message
}
