package roster

import (
	"strings"

	"meihao/survey"
)

// header says what each column of a file means.
type header struct {
	at    map[column]int    // position in a line
	as    map[column]string // the file's own word for it, for messages
	notes []Note
}

// readHeader reads the header line.
func readHeader(l line) (*header, error) {
	h := &header{at: map[column]int{}, as: map[column]string{}}
	words := headerWords()
	var unknown []string
	for i, cell := range l.cells {
		name := clean(cell)
		c, known := words[headerKey(name)]
		switch {
		case name == "":
		case !known:
			unknown = append(unknown, shorten(name, maxEcho))
		case h.as[c] != "":
			return nil, fail(survey.Invalid, "roster.error.two_columns", "First", h.as[c], "Second", shorten(name, maxEcho))
		default:
			h.at[c], h.as[c] = i, shorten(name, maxEcho)
		}
	}
	unknown = append(unknown, h.withoutBuildings()...)
	if len(unknown) > 0 {
		h.notes = append(h.notes, Note{Row: l.number, Message: survey.Fail(survey.Invalid,
			"roster.note.ignored_columns", "Columns", strings.Join(unknown, ", ")).Message})
	}
	return h, h.check()
}

// withoutBuildings reads the columns of a file that names no buildings: its
// 户数 are the project's. It returns the headers that mean nothing then.
func (h *header) withoutBuildings() (ignored []string) {
	if h.has(buildingColumn) {
		return nil
	}
	for _, move := range []struct{ from, to column }{
		{householdsColumn, projectHomesColumn}, {occupiedColumn, projectOccupiedColumn}, {unitsColumn, ""},
	} {
		if !h.has(move.from) {
			continue
		}
		if move.to == "" || h.has(move.to) {
			ignored = append(ignored, h.as[move.from])
		} else {
			h.at[move.to], h.as[move.to] = h.at[move.from], h.as[move.from]
		}
		delete(h.at, move.from)
		delete(h.as, move.from)
	}
	return ignored
}

func (h *header) has(c column) bool { return h.as[c] != "" }

// check says which columns are missing: a project is known by its register
// number, else by district, community and name (DESIGN §7).
func (h *header) check() error {
	if len(h.at) == 0 {
		return fail(survey.Invalid, "roster.error.no_header")
	}
	if h.has(registerColumn) {
		return nil
	}
	var missing []string
	for _, s := range spellings() {
		switch s.column {
		case districtColumn, communityColumn, projectColumn:
			if word, _, _ := strings.Cut(s.words, " "); !h.has(s.column) {
				missing = append(missing, word+" ("+string(s.column)+")")
			}
		}
	}
	if len(missing) > 0 {
		return fail(survey.Invalid, "roster.error.missing_columns", "Columns", strings.Join(missing, ", "))
	}
	return nil
}
