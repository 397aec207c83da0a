package roster

import (
	"strings"

	"meihao/survey/household"
)

// understand works out what the rows of a register with units or rooms stand
// for, and says it: one row for each building, for each unit of it, or for
// each home.
func (t *table) understand() {
	f := &t.file
	seen, parted := buildingsOf(f.Rows)
	if f.Form == Projects && !parted {
		return
	}
	key, homes := "roster.note.read_buildings", false
	for _, b := range seen {
		if len(b.units) > 1 {
			key = "roster.note.read_units"
		}
		homes = homes || b.rows > 1 && b.single
	}
	if homes && singleRooms(f.Rows) {
		key = "roster.note.read_homes"
	}
	if key == "roster.note.read_buildings" && t.either {
		countUnits(f.Rows)
	}
	t.noteIn("", 0, key, "Count", len(f.Rows), "Buildings", len(seen))
}

// seen is what the rows of one building look like.
type seen struct {
	rows   int
	units  map[string]bool
	single bool // every row has one room
}

func buildingsOf(rows []Row) (all map[[3]string]*seen, parted bool) {
	all = map[[3]string]*seen{}
	keys := map[string]string{}
	for i := range rows {
		r := &rows[i]
		if r.Unit != "" || r.Rooms != "" {
			parted = true
		}
		if r.Building == "" {
			continue
		}
		id := buildingID(r, keys)
		b := all[id]
		if b == nil {
			b = &seen{units: map[string]bool{}, single: true}
			all[id] = b
		}
		b.rows++
		b.single = b.single && listed(r.Rooms) == 1
		if r.Unit != "" {
			b.units[unitKey(r.Unit)] = true
		}
	}
	return all, parted
}

// singleRooms says that every row with rooms has one.
func singleRooms(rows []Row) bool {
	for i := range rows {
		if listed(rows[i].Rooms) > 1 {
			return false
		}
	}
	return true
}

// countUnits reads 单元 as the number of units, since no building has several
// rows of units. "2单元" stays the name of one.
func countUnits(rows []Row) {
	for i := range rows {
		r := &rows[i]
		n, is := number(r.Unit, maxUnits)
		if named := strings.HasSuffix(r.Unit, "单元") && !strings.HasSuffix(r.Unit, "个单元"); is && !named {
			r.Units, r.Unit = &n, ""
		}
	}
}

func unitKey(unit string) string {
	if key, err := household.Unit(unit, nil); err == nil {
		return key
	}
	return unit
}
