package roster

import "meihao/survey"

// header says what each column of a sheet means.
type header struct {
	form     Form
	at       map[column]int    // position in a line
	as       map[column]string // the file's own word for it, for messages
	counters []int             // columns of running numbers
	ignored  []string          // the file's words that mean nothing to us
	line     int               // where it was found, from 0
	lines    []line            // the one or two lines it was read from
	// either says that the column of units has a header which means their
	// number in one register and their name in the other (单元): the rows tell.
	either bool
}

// readHeader reads the words of a header. The error says which columns are
// missing, or that two mean the same.
func (v vocabulary) readHeader(words []string, asked *Form) (*header, error) {
	h := &header{at: map[column]int{}, as: map[column]string{}}
	weak := map[column]bool{}
	for i, cell := range words {
		name := clean(cell)
		key := headerKey(name)
		m, is := v[key]
		switch {
		case name == "":
		case door(key) && h.has(buildingColumn) && h.parted() && !h.has(roomsColumn):
			h.at[roomsColumn], h.as[roomsColumn], weak[roomsColumn] = i, shorten(name, maxEcho), true
		case counter(key):
			h.counters = append(h.counters, i)
		case !is, m.weak && h.has(m.column):
			h.ignored = append(h.ignored, shorten(name, maxEcho))
		case h.has(m.column) && !weak[m.column]:
			return h, fail(survey.Invalid, "roster.error.two_columns", "First", h.as[m.column], "Second", shorten(name, maxEcho))
		default:
			if h.has(m.column) {
				h.ignored = append(h.ignored, h.as[m.column])
			}
			h.at[m.column], h.as[m.column], weak[m.column] = i, shorten(name, maxEcho), m.weak
		}
	}
	if h.has(roomsColumn) && door(headerKey(h.as[roomsColumn])) && h.has(householdsColumn) {
		h.ignored = append(h.ignored, h.as[roomsColumn]) // 户数 beside: it is the address of the building
		h.drop(roomsColumn)
	}
	h.form = h.recognised()
	if asked != nil {
		h.form = *asked
	}
	if err := h.nameUnits(); err != nil {
		return h, err
	}
	if h.form == Projects {
		h.withoutBuildings()
	} else {
		h.withoutProjects()
	}
	return h, h.check()
}

// door says that a header means a room beside building and unit, and a
// building where nothing else does.
func door(key string) bool { return key == "门牌号" || key == "门牌号码" || key == "门牌" }

// parted says that a column may name the unit of a row.
func (h *header) parted() bool {
	return h.has(unitColumn) || headerKey(h.as[unitsColumn]) == "单元"
}

// nameUnits reads a column 单元 as names of units in a register of buildings
// or homes, unless there is a better one.
func (h *header) nameUnits() error {
	if h.form == Projects && !h.has(roomsColumn) || !h.has(unitsColumn) || headerKey(h.as[unitsColumn]) != "单元" {
		return nil
	}
	if h.has(unitColumn) {
		return fail(survey.Invalid, "roster.error.two_columns", "First", h.as[unitsColumn], "Second", h.as[unitColumn])
	}
	h.move(unitsColumn, unitColumn)
	h.either = true
	return nil
}

func (h *header) move(from, to column) {
	h.at[to], h.as[to] = h.at[from], h.as[from]
	h.drop(from)
}

func (h *header) drop(c column) {
	delete(h.at, c)
	delete(h.as, c)
}

// withoutBuildings reads the columns of a file that names no buildings: its
// 户数 are the project's, and what only buildings have means nothing.
func (h *header) withoutBuildings() {
	if h.has(buildingColumn) {
		return
	}
	h.reread([]reading{
		{householdsColumn, projectHomesColumn}, {occupiedColumn, projectOccupiedColumn},
		{unitsColumn, ""}, {unitColumn, ""}, {roomsColumn, ""},
	})
}

// withoutProjects reads the columns of a register of buildings: 总户数 are the
// building's where nothing else is, and what only projects have means nothing.
func (h *header) withoutProjects() {
	h.reread([]reading{
		{projectHomesColumn, householdsColumn}, {projectOccupiedColumn, occupiedColumn},
		{companyColumn, ""}, {kindColumn, ""}, {phoneColumn, ""},
	})
}

// reading is a column that means another one in this register, or nothing.
type reading struct{ from, to column }

func (h *header) reread(columns []reading) {
	for _, m := range columns {
		switch {
		case !h.has(m.from):
		case m.to == "" || h.has(m.to):
			h.ignored = append(h.ignored, h.as[m.from])
			h.drop(m.from)
		default:
			h.move(m.from, m.to)
		}
	}
}

func (h *header) has(c column) bool { return h.as[c] != "" }

// check says which columns are missing: a project is known by its register
// number, else by district, community and name (DESIGN §7); the district may
// be known otherwise. A register of buildings is of projects that are there,
// or of one that somebody names.
func (h *header) check() error {
	switch {
	case len(h.at) == 0:
		return fail(survey.Invalid, "roster.error.no_header")
	case h.form == Buildings && !h.has(buildingColumn):
		return fail(survey.Invalid, "roster.error.missing_building")
	case h.form == Buildings:
		if h.has(householdsColumn) || h.has(roomsColumn) || h.has(occupiedColumn) || h.has(unitsColumn) {
			return nil
		}
		return fail(survey.Invalid, "roster.error.missing_homes")
	case h.has(registerColumn) || h.has(communityColumn) && h.has(projectColumn):
		return nil
	case h.has(communityColumn):
		return fail(survey.Invalid, "roster.error.missing_project")
	case h.has(projectColumn):
		return fail(survey.Invalid, "roster.error.missing_community")
	}
	return fail(survey.Invalid, "roster.error.missing_columns")
}
