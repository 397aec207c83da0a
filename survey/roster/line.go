package roster

import (
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

// line is one line of a file before anybody knows what its cells mean.
type line struct {
	number int
	cells  []string
}

func (l line) blank() bool {
	for _, c := range l.cells {
		if clean(c) != "" {
			return false
		}
	}
	return true
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
