package roster

import (
	"errors"
	"slices"
	"strconv"

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
		why = reason("roster.refused.part_refused", "Building", first.Building, "Row", bad.where())
	}
	s := &stated{row: first}
	for _, step := range []func([]*Row) *survey.Message{s.list, s.count, s.countUnits} {
		if why == nil {
			why = step(rows)
		}
	}
	if why != nil {
		for _, r := range all {
			pl.refuseIn(g, r, *why)
		}
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

// list puts the rooms of all rows together.
func (s *stated) list(rows []*Row) *survey.Message {
	s.rooms = map[string][]string{}
	all, at := household.List{}, map[string]*Row{}
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
		if err != nil {
			return reason("roster.refused.rooms_many", "Building", r.Building, "Most", survey.MostListed)
		}
		for _, room := range rooms[""] {
			added, err := all.Add(unit, room)
			if err != nil {
				return messageOf(err)
			}
			if before := at[unit+"/"+room]; !added && before != nil {
				return reason("roster.refused.room_twice", "Building", r.Building, "Room", room, "Row", before.where(), "Again", r.where())
			}
			at[unit+"/"+room] = r
			s.rooms[unit] = append(s.rooms[unit], room)
		}
	}
	if len(s.rooms) == 0 {
		s.rooms = nil
	}
	return nil
}

func messageOf(err error) *survey.Message {
	var e *survey.Error
	if errors.As(err, &e) {
		return &e.Message
	}
	return reason("roster.refused.unit_form", "Value", "")
}

// count adds up the households, and the occupied ones where all are known.
func (s *stated) count(rows []*Row) *survey.Message {
	perHome := len(rows) > 1 && !slices.ContainsFunc(rows, func(r *Row) bool { return listed(r.Rooms) != 1 })
	whole := slices.ContainsFunc(rows, func(r *Row) bool { return r.Whole })
	if perHome || whole {
		return s.countOnce(rows)
	}
	occupied, known, silent := 0, true, 0
	for _, r := range rows {
		n := r.Homes.Households
		switch rooms := listed(r.Rooms); {
		case n == 0 && rooms == 0:
			silent++
		case n == 0:
			n = rooms
		case n < rooms:
			return reason("roster.refused.rooms_more", "Building", r.Building, "Rooms", rooms, "Households", n)
		}
		s.homes.Households += n
		if r.Homes.Occupied == nil {
			known = false
		} else {
			occupied += *r.Homes.Occupied
		}
	}
	if silent > 0 && silent < len(rows) {
		return reason("roster.refused.part_without_households", "Building", s.row.Building)
	}
	if known {
		s.homes.Occupied = &occupied
	}
	s.derived = s.rooms != nil && !slices.ContainsFunc(rows, func(r *Row) bool { return r.Homes.Households > 0 })
	return nil
}

// countOnce takes a number that stands once for the building, or on each of
// its homes again; a 1 on every home says nothing new, and occupied 0 or 1 on
// each adds up.
func (s *stated) countOnce(rows []*Row) *survey.Message {
	households, occupied := map[int]bool{}, map[int]bool{}
	sum, said := 0, 0
	for _, r := range rows {
		if r.Homes.Households > 0 {
			households[r.Homes.Households] = true
		}
		if r.Homes.Occupied != nil {
			occupied[*r.Homes.Occupied] = true
			sum, said = sum+*r.Homes.Occupied, said+1
		}
	}
	delete(households, 1)
	if len(households) > 1 {
		return reason("roster.refused.homes_differ", "Building", s.row.Building)
	}
	for n := range households {
		s.homes.Households = n
	}
	s.derived = len(households) == 0
	if s.derived {
		s.homes.Households = countRooms(s.rooms)
	}
	small := !slices.ContainsFunc(rows, func(r *Row) bool { return r.Homes.Occupied != nil && *r.Homes.Occupied > 1 })
	switch {
	case said == 0:
	case said == len(rows) && small:
		s.homes.Occupied = &sum
	case len(occupied) == 1 && !small:
		s.homes.Occupied = new(int)
		for n := range occupied {
			*s.homes.Occupied = n
		}
	default:
		return reason("roster.refused.homes_differ", "Building", s.row.Building)
	}
	return nil
}

func countRooms(rooms map[string][]string) (n int) {
	for _, list := range rooms {
		n += len(list)
	}
	return n
}

// countUnits works out the number of units: as the rows say it, else the
// highest of those they name by number. Some rows with and some without a
// unit, or one unit twice without rooms to tell its rows apart, are refused.
func (s *stated) countUnits(rows []*Row) *survey.Message {
	named := map[string]*Row{}
	bare := 0
	for _, r := range rows {
		if r.Units != nil {
			if s.units != nil && *s.units != *r.Units {
				return reason("roster.refused.homes_differ", "Building", s.row.Building)
			}
			s.units = r.Units
		}
		if r.Unit == "" {
			bare++
			continue
		}
		key := unitKey(r.Unit)
		if before := named[key]; before != nil && (r.Rooms == "" || before.Rooms == "") {
			return reason("roster.refused.unit_twice", "Building", r.Building, "Unit", r.Unit, "Row", before.where())
		}
		named[key] = r
	}
	switch {
	case len(named) == 0 && len(rows) > 1 && slices.ContainsFunc(rows, func(r *Row) bool { return r.Rooms == "" }):
		return reason("roster.refused.homes_differ", "Building", s.row.Building)
	case len(named) > 0 && bare > 0:
		return reason("roster.refused.unit_missing", "Building", s.row.Building)
	case len(named) == 0:
		return nil
	}
	highest, numbered := highestUnit(named)
	switch {
	case !numbered:
		s.units, s.names = nil, len(named) // 甲 and 乙 are no numbers of 1 … units
	case s.units == nil:
		s.units = &highest
	case *s.units < highest:
		return reason("roster.refused.units_fewer", "Building", s.row.Building, "Units", *s.units, "Highest", highest)
	}
	return nil
}

// highestUnit is the highest number of units, false where one is no number.
func highestUnit[T any](units map[string]T) (highest int, numbered bool) {
	for unit := range units {
		n, err := strconv.Atoi(unit)
		if err != nil || n < 1 || n > maxUnits {
			return 0, false
		}
		highest = max(highest, n)
	}
	return highest, true
}
