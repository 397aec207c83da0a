package roster

import (
	"slices"
	"strconv"

	"meihao/survey"
)

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
