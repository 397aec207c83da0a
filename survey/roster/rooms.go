package roster

import (
	"fmt"
	"strconv"

	"meihao/survey"
)

// applyRooms puts the rooms that a register lists into a building. They replace
// those of the units that it names; what it says nothing of stays. Rooms
// without a unit are the whole building's.
func (s *stated) applyRooms(was survey.Building, now *survey.Building) *survey.Message {
	if s.units != nil || s.names > 0 {
		now.Units = s.units
	}
	rooms := s.rooms
	if rooms == nil {
		if rooms = bareRooms(was); rooms == nil || !now.AsksUnit() {
			return s.nameUnits(now)
		}
		if s.names > 0 {
			return reason("roster.refused.rooms_without_unit", "Building", now.Name, "Units", s.names)
		}
	}
	if bare := rooms[""]; bare != nil {
		var why *survey.Message
		if rooms, why = s.spread(bare, now); why != nil {
			return why
		}
	}
	kept := 0
	if before, err := survey.UnpackRooms(was.Rooms); err == nil && rooms[""] == nil && before[""] == nil {
		for unit, list := range before {
			if rooms[unit] == nil {
				rooms[unit] = list
				kept += len(list)
			}
		}
	}
	now.Rooms = survey.PackRooms(rooms)
	if now.Households += kept; s.derived {
		now.Households = now.Listed()
	}
	return s.nameUnits(now)
}

// bareRooms are the rooms of a building whose list knows no units.
func bareRooms(b survey.Building) map[string][]string {
	if rooms, err := survey.UnpackRooms(b.Rooms); b.Rooms != "" && err == nil && rooms[""] != nil {
		return rooms
	}
	return nil
}

// spread gives rooms without a unit to the units of the building: all to the
// only one, or to each where that makes the number of households; a building
// whose number of units nobody knows has none.
func (s *stated) spread(bare []string, now *survey.Building) (map[string][]string, *survey.Message) {
	switch {
	case now.Units == nil:
		now.Units = new(int)
	case *now.Units == 1:
		return map[string][]string{"1": bare}, nil
	case *now.Units > 1:
		if len(bare)**now.Units != s.homes.Households {
			return nil, reason("roster.refused.rooms_without_unit", "Building", now.Name, "Units", *now.Units)
		}
		rooms := map[string][]string{}
		for n := 1; n <= *now.Units; n++ {
			rooms[strconv.Itoa(n)] = bare
		}
		return rooms, nil
	}
	return map[string][]string{"": bare}, nil
}

// nameUnits makes the number of units fit the names that the list gives them:
// people are asked for one of 1 … units, or for a name where they have names.
func (s *stated) nameUnits(now *survey.Building) *survey.Message {
	units := map[string]bool{}
	for _, unit := range now.UnitsListed() {
		units[unit] = true
	}
	if len(units) == 0 {
		return nil
	}
	highest, numbered := highestUnit(units)
	switch {
	case !numbered:
		now.Units = nil
	case now.Units == nil, *now.Units < highest && s.units == nil:
		now.Units = &highest
	case *now.Units < highest:
		return reason("roster.refused.units_fewer", "Building", now.Name, "Units", *now.Units, "Highest", highest)
	}
	return nil
}

// roomsDifference is how a list changes, in numbers of rooms: "96" to
// "98 (+3 −1)".
func roomsDifference(was, now string) Difference {
	d := Difference{Field: "rooms"}
	if was == now {
		return d
	}
	before, _ := survey.UnpackRooms(was) // what is stored is packed
	after, _ := survey.UnpackRooms(now)
	gone, fresh := lacking(before, after), lacking(after, before)
	d.Old, d.New = homesText(listed(was)), homesText(listed(now))
	if was != "" && gone > 0 {
		d.New += fmt.Sprintf(" (+%d −%d)", fresh, gone)
	}
	return d
}

// lacking counts the homes of one list that another lacks.
func lacking(list, other map[string][]string) (n int) {
	for unit, rooms := range list {
		there := make(map[string]bool, len(other[unit]))
		for _, room := range other[unit] {
			there[room] = true
		}
		for _, room := range rooms {
			if !there[room] {
				n++
			}
		}
	}
	return n
}
