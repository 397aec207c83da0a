package roster

import (
	"meihao/survey"
)

// Longest texts a register may give, in characters, and largest numbers.
const (
	maxName     = 100
	maxRegister = 40
	maxPhone    = 40
	maxHomes    = 1_000_000
	maxUnits    = 999
	maxList     = maxCell // of a list of rooms
)

// row reads a line by the header.
func (h *header) row(l line, rooms func(string) (string, *survey.Message)) Row {
	c := cells{header: h, line: l, parse: rooms}
	r := Row{
		Number:      l.number,
		Register:    c.optional(registerColumn, maxRegister),
		District:    c.text(districtColumn, maxName),
		Subdistrict: c.text(subdistrictColumn, maxName),
		Community:   c.text(communityColumn, maxName),
		Project:     c.text(projectColumn, maxName),
		Company:     c.optional(companyColumn, maxName),
		Kind:        c.optional(kindColumn, survey.MostKind),
		Phone:       c.optional(phoneColumn, maxPhone),
		Building:    c.optional(buildingColumn, maxName),
		Unit:        c.own(unitColumn, maxName),
	}
	r.Units = c.units()
	r.Rooms = c.rooms()
	r.Homes = c.homes(householdsColumn, occupiedColumn)
	r.ProjectHomes = c.homes(projectHomesColumn, projectOccupiedColumn)
	if rounded(r.Register) {
		c.wrong("roster.refused.register_rounded", "Value", r.Register)
	}
	if nothing(r.Unit) {
		r.Unit = ""
	}
	if r.Building == "" {
		r.ownFigures()
	}
	r.Errors = c.errors
	return r
}

// ownFigures: on a line without a building the figures are the project's.
func (r *Row) ownFigures() {
	if r.Unit != "" || r.Rooms != "" {
		return
	}
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
	parse  func(string) (string, *survey.Message) // reads a list of rooms
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
	s := c.cells[i]
	if len(first(s, most)) < len(s) {
		c.wrong("roster.refused.too_long", "Column", c.as[col], "Max", most)
		return shorten(s, most)
	}
	return s
}

// own is a text or number that a cell says itself: 平房区 merged over 楼号 and
// 单元 is no unit.
func (c *cells) own(col column, most int) string {
	if i, known := c.at[col]; known && c.spread(i) {
		return ""
	}
	return c.text(col, most)
}

// optional is a text that may say 无.
func (c *cells) optional(col column, most int) string {
	if s := c.text(col, most); !nothing(s) {
		return s
	}
	return ""
}

func (c *cells) units() *int {
	s := c.own(unitsColumn, maxName)
	if s == "" {
		return nil
	}
	if nothing(s) {
		return new(int)
	}
	return c.count(unitsColumn, s, maxUnits)
}

// rooms reads the rooms of a line, packed without their unit.
func (c *cells) rooms() string {
	s := c.own(roomsColumn, maxList)
	if s == "" || nothing(s) {
		return ""
	}
	rooms, why := c.parse(s)
	if why != nil {
		c.errors = append(c.errors, *why)
	}
	return rooms
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
		switch n, ok := number(s, maxHomes); {
		case !ok:
			c.wrong("roster.refused.not_households", "Column", c.as[all], "Value", shorten(s, maxEcho), "Max", maxHomes)
		case n == 0:
			c.wrong("roster.refused.no_households", "Column", c.as[all])
		default:
			h.Households = n
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
