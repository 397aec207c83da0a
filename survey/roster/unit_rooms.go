package roster

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"meihao/survey"
	"meihao/survey/household"
)

// unitRoom is a room as Beijing writes it, 3-501: unit 3, room 501. It is read
// so where every row of the building is written so; until then its row has the
// rooms without the unit.
type unitRoom struct{ unit, cell string }

// unitRooms takes the units off a cell of rooms: "1-101、1-102" is unit 1 and
// "101、102". False where it is written otherwise, or names several units.
func unitRooms(cell string) (unit, rooms string, is bool) {
	if !strings.ContainsAny(cell, "-－—–") {
		return "", "", false
	}
	cell = strings.NewReplacer("—", "-", "–", "-").Replace(norm.NFKC.String(cell))
	var list []string
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;、", r) }) {
		of, room, found := strings.Cut(part, "-")
		digits := strings.TrimRight(strings.TrimSuffix(room, "室"), "0123456789") == ""
		if !found || len(of) == 0 || len(of) > 2 || strings.Trim(of, "0123456789") != "" || of[0] == '0' || !digits ||
			len(strings.TrimSuffix(room, "室")) < 3 || len(list) > 0 && of != unit {
			return "", "", false
		}
		unit, list = of, append(list, room)
	}
	return unit, strings.Join(list, "、"), len(list) > 0
}

// apart takes the unit off the rooms of a line, "" where they have none.
func (t *table) apart(l line) (found unitRoom) {
	i, known := t.sheet.header.at[roomsColumn]
	if !known || i >= len(l.cells) || l.spread(i) {
		return unitRoom{}
	}
	cell := l.cells[i]
	unit, rooms, is := unitRooms(cell)
	if !is {
		return unitRoom{}
	}
	l.cells[i] = rooms
	return unitRoom{unit, cell}
}

// unitsOfRooms gives the rows their units where all rows of a building have
// rooms written with one, and what a column of units says agrees. Where one
// number is before all rooms of a building, and is the building's own, nobody
// knows which of the two it means. The others are refused as they are written.
func (t *table) unitsOfRooms() {
	type building struct {
		rows  []int
		units map[string]bool
		other bool
	}
	all, keys := map[[3]string]*building{}, map[string]string{}
	if len(t.units) == 0 {
		return
	}
	for i := range t.file.Rows {
		r := &t.file.Rows[i]
		id := buildingID(r, keys)
		b := all[id]
		if b == nil {
			b = &building{units: map[string]bool{}}
			all[id] = b
		}
		u, is := t.units[i]
		if b.other = b.other || !is && r.Rooms != "" || is && r.Unit != "" && unitKey(r.Unit) != u.unit; is {
			b.rows = append(b.rows, i)
			b.units[u.unit] = true
		}
	}
	for id, b := range all {
		unclear := len(b.units) == 1 && !b.units["1"] && b.units[id[2]] && t.file.Rows[b.rows[0]].Unit == ""
		for _, i := range b.rows {
			if r := &t.file.Rows[i]; b.other || unclear {
				t.refuseRooms(r, t.units[i].cell)
			} else {
				r.Unit = t.units[i].unit
			}
		}
	}
}

// refuseRooms refuses a row for its rooms as they are written.
func (t *table) refuseRooms(r *Row, cell string) {
	r.Rooms = ""
	why := survey.Fail(survey.Invalid, "roster.refused.unit_room", "Text", shorten(cell, maxEcho)).Message
	r.Errors = append(r.Errors[:len(r.Errors):len(r.Errors)], why)
	t.bear(r)
}

// buildingID is what tells the building of a row from others of the file;
// keys remembers those of names.
func buildingID(r *Row, keys map[string]string) [3]string {
	key, known := keys[r.Building]
	if !known {
		key = household.BuildingKey(r.Building)
		keys[r.Building] = key
	}
	return [3]string{r.Register, r.Community + " " + r.Project, key}
}
