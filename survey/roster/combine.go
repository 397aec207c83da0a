package roster

import (
	"maps"
	"slices"

	"meihao/survey"
	"meihao/survey/household"
)

// stated is what the rows of one building say of it together.
type stated struct {
	row     *Row // the first of them
	units   *int
	homes   survey.Homes
	rooms   map[string][]string // canonical, by canonical unit; nil where none are listed
	derived bool                // the number of households is that of the rooms
	names   int                 // of units that are no numbers: 甲, 乙
}

// listed is the number of rooms of a row.
func listed(rooms string) int { return survey.Building{Rooms: rooms}.Listed() }

// parted says that the rows of a building are of its units or homes.
func parted(rows []*Row) bool {
	return slices.ContainsFunc(rows, func(r *Row) bool { return r.Unit != "" || r.Rooms != "" })
}

// together reads the rows of one building. False: they were refused, all of
// them, since a building of which a part is missing would have too few homes.
func (pl *planner) together(g *group, rows []*Row) (*stated, bool) {
	first := rows[0]
	if !parted(rows) {
		return &stated{row: first, units: first.Units, homes: first.Homes}, pl.agree(g, rows)
	}
	all, rows := rows, pl.once(rows)
	why := (*survey.Message)(nil)
	if bad := g.spoiled[pl.buildingKey(first.Building)]; bad != nil {
		why = reason("roster.refused.part_refused", "Building", first.Building, "Row", bad.where(), "Count", len(all))
	}
	s := &stated{row: first}
	for _, step := range []func([]*Row) *survey.Message{s.list, s.count, s.countUnits} {
		if why == nil {
			why = step(rows)
		}
	}
	if why != nil {
		pl.refuseBuilding(g, all, *why)
	}
	return s, why == nil
}

// once leaves out rows that say again what another one says, and notes them.
func (pl *planner) once(rows []*Row) []*Row {
	type said struct {
		unit, rooms, units, occupied string
		households                   int
		whole                        bool
	}
	first := map[said]*Row{}
	var kept []*Row
	for _, r := range rows {
		key := said{unitKey(r.Unit), r.Rooms, countText(r.Units), countText(r.Homes.Occupied), r.Homes.Households, r.Whole}
		if before := first[key]; before != nil {
			pl.note(r, "roster.note.double", "Building", r.Building, "Row", before.where())
			continue
		}
		first[key] = r
		kept = append(kept, r)
	}
	return kept
}

// list puts the rooms of all rows together. Those of one row are canonical
// and each there once; only rows of the same unit can say one again.
func (s *stated) list(rows []*Row) *survey.Message {
	s.rooms = map[string][]string{}
	from := map[string][]*Row{} // by unit
	count := 0
	for _, r := range rows {
		unit := ""
		if r.Unit != "" {
			canonical, err := household.Unit(r.Unit, nil)
			if err != nil {
				return reason("roster.refused.unit_form", "Value", shorten(r.Unit, maxEcho))
			}
			unit = canonical
		}
		if r.Rooms == "" {
			continue
		}
		rooms, err := survey.UnpackRooms(r.Rooms)
		if count += len(rooms[""]); err != nil || count > survey.MostListed {
			return reason("roster.refused.rooms_many", "Building", r.Building, "Most", survey.MostListed)
		}
		s.rooms[unit] = append(s.rooms[unit], rooms[""]...)
		from[unit] = append(from[unit], r)
	}
	for _, unit := range slices.Sorted(maps.Keys(from)) {
		if of := from[unit]; len(of) > 1 && twice(s.rooms[unit]) {
			return roomTwice(of)
		}
	}
	if len(s.rooms) == 0 {
		s.rooms = nil
	}
	return nil
}

func twice(rooms []string) bool {
	seen := make(map[string]bool, len(rooms))
	for _, room := range rooms {
		seen[room] = true
	}
	return len(seen) < len(rooms)
}

// roomTwice is the reason why rows of one unit that list the same room are
// refused.
func roomTwice(rows []*Row) *survey.Message {
	at := map[string]*Row{}
	for _, r := range rows {
		rooms, err := survey.UnpackRooms(r.Rooms)
		if err != nil {
			continue
		}
		for _, room := range rooms[""] {
			if before := at[room]; before != nil {
				return reason("roster.refused.room_twice", "Building", r.Building, "Room", room, "Row", before.where(), "Again", r.where())
			}
			at[room] = r
		}
	}
	return nil
}
