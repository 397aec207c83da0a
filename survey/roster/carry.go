package roster

import (
	"meihao/survey"
	"meihao/survey/household"
)

// carry fills in what csv and careless hands leave empty below a merged cell:
// a row that names a building, a unit or a room but no project takes the
// project of the row above, unless it names another place; one that names a
// unit or a room of the same project but no building takes the building too,
// and a room without unit the unit. It says whether it took anything.
func (r *Row) carry(above *Row) bool {
	if r.Building == "" && r.Unit == "" && r.Rooms == "" {
		return false
	}
	if (r.Project != "" || r.Register != "") && r.Building != "" && (r.Rooms == "" || r.Unit != "") {
		return false // says all: most rows do
	}
	taken := false
	take := func(here *string, there string) {
		if *here == "" && there != "" {
			*here, taken = there, true
		}
	}
	if r.Project == "" && r.Register == "" {
		if !r.agrees(above) {
			return false
		}
		take(&r.District, above.District)
		take(&r.Subdistrict, above.Subdistrict)
		take(&r.Community, above.Community)
		take(&r.Project, above.Project)
		take(&r.Register, above.Register)
	}
	if nameKey(r.Project) != nameKey(above.Project) || nameKey(r.Register) != nameKey(above.Register) || !r.agrees(above) {
		return taken
	}
	take(&r.Building, above.Building)
	if r.Rooms != "" && household.BuildingKey(r.Building) == household.BuildingKey(above.Building) {
		take(&r.Unit, above.Unit)
	}
	return taken
}

// agrees says that a row names no other place than the one above.
func (r *Row) agrees(above *Row) bool {
	for _, pair := range [][2]string{{r.District, above.District}, {r.Subdistrict, above.Subdistrict}, {r.Community, above.Community}} {
		if pair[0] != "" && nameKey(pair[0]) != nameKey(pair[1]) {
			return false
		}
	}
	return true
}

// shared is a number of homes in one cell that is merged over several rows.
type shared struct{ row int } // the first of them, in the file

// share looks at a row whose number of homes is merged with that of rows
// above. Over the units or homes of one building it is the building's, once;
// over several buildings nobody can know which has how many, and all are
// refused.
func (t *table) share(l line) {
	h, rows := t.sheet.header, t.file.Rows
	i, known := h.at[householdsColumn]
	if !known || i >= len(l.merged) || l.merged[i].row == 0 || l.spread(i) {
		return
	}
	here := len(rows) - 1
	first, again := t.sheet.merged[l.merged[i]]
	if !again {
		t.sheet.merged[l.merged[i]] = shared{here}
		return
	}
	top, r := &rows[first.row], &rows[here]
	if sameBuilding(top, r) {
		top.Whole, r.Whole = true, true
		r.Homes = survey.Homes{}
		return
	}
	for _, row := range []*Row{top, r} {
		if len(row.Errors) == 0 {
			row.Errors = append(row.Errors, *reason("roster.refused.merged_homes", "Column", h.as[householdsColumn]))
			t.bear(row)
		}
	}
}

func sameBuilding(a, b *Row) bool {
	return household.BuildingKey(a.Building) == household.BuildingKey(b.Building) &&
		nameKey(a.Register) == nameKey(b.Register) && nameKey(a.Project) == nameKey(b.Project)
}
