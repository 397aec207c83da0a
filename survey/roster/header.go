package roster

import (
	"strings"
	"unicode/utf8"

	"meihao/survey"
)

// Longest texts a register may give, in characters, and largest numbers.
const (
	maxName     = 100
	maxRegister = 40
	maxPhone    = 40
	maxHomes    = 1_000_000
	maxUnits    = 999
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

// row reads a line by the header.
func (h *header) row(l line) Row {
	c := cells{header: h, line: l}
	r := Row{
		Number:      l.number,
		Register:    c.optional(registerColumn, maxRegister),
		District:    c.text(districtColumn, maxName),
		Subdistrict: c.text(subdistrictColumn, maxName),
		Community:   c.text(communityColumn, maxName),
		Project:     c.text(projectColumn, maxName),
		Company:     c.optional(companyColumn, maxName),
		Phone:       c.optional(phoneColumn, maxPhone),
		Building:    c.optional(buildingColumn, maxName),
	}
	r.Units = c.units()
	r.Homes = c.homes(householdsColumn, occupiedColumn)
	r.ProjectHomes = c.homes(projectHomesColumn, projectOccupiedColumn)
	if rounded(r.Register) {
		c.wrong("roster.refused.register_rounded", "Value", r.Register)
	}
	if r.Building == "" {
		r.ownFigures()
	}
	r.Errors = c.errors
	return r
}

// ownFigures: on a line without a building the figures are the project's.
func (r *Row) ownFigures() {
	if r.ProjectHomes.Households == 0 {
		r.ProjectHomes.Households = r.Homes.Households
	}
	if r.ProjectHomes.Occupied == nil {
		r.ProjectHomes.Occupied = r.Homes.Occupied
	}
	r.Homes, r.Units = survey.Homes{}, nil
}

// cells reads the cells of one line and gathers what is wrong with them.
type cells struct {
	*header
	line
	errors []survey.Message
}

func (c *cells) wrong(key string, pairs ...any) {
	c.errors = append(c.errors, survey.Fail(survey.Invalid, key, pairs...).Message)
}

func (c *cells) text(col column, most int) string {
	i, known := c.at[col]
	if !known || i >= len(c.cells) {
		return ""
	}
	s := clean(c.cells[i])
	if utf8.RuneCountInString(s) > most {
		c.wrong("roster.refused.too_long", "Column", c.as[col], "Max", most)
		return shorten(s, most)
	}
	return s
}

// optional is a text that may say 无.
func (c *cells) optional(col column, most int) string {
	if s := c.text(col, most); !nothing(s) {
		return s
	}
	return ""
}

func (c *cells) units() *int {
	s := c.text(unitsColumn, maxName)
	if s == "" {
		return nil
	}
	if nothing(s) {
		return new(int)
	}
	return c.count(unitsColumn, s, maxUnits)
}

func (c *cells) count(col column, s string, most int) *int {
	n, ok := number(s, most)
	if !ok {
		c.wrong("roster.refused.not_a_number", "Column", c.as[col], "Value", shorten(s, maxEcho), "Max", most)
		return nil
	}
	return &n
}

// homes reads a number of households and of occupied ones (RULES §1): at
// least one household, and no more occupied than there are.
func (c *cells) homes(all, occupied column) survey.Homes {
	var h survey.Homes
	if s := c.text(all, maxName); s != "" {
		if n := c.count(all, s, maxHomes); n != nil && *n == 0 {
			c.wrong("roster.refused.no_households", "Column", c.as[all])
		} else if n != nil {
			h.Households = *n
		}
	}
	if s := c.text(occupied, maxName); s != "" {
		h.Occupied = c.count(occupied, s, maxHomes)
	}
	if h.Households > 0 && h.Occupied != nil && *h.Occupied > h.Households {
		c.wrong("roster.refused.occupied", "Occupied", *h.Occupied, "Households", h.Households)
	}
	return h
}
