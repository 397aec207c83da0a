package survey

import (
	"maps"
	"slices"
)

// withRooms is the building with more homes on its household list; whatever
// is listed stays. Where there is no list every possible room may answer, and
// that stays so: a list of the few that were added would shut out the others.
func (b Building) withRooms(packed string) Building {
	if b.Rooms == "" || packed == "" || packed == b.Rooms {
		return b
	}
	rooms, err := UnpackRooms(b.Rooms)
	more, wrong := UnpackRooms(packed)
	if err != nil || wrong != nil {
		return b // neither was packed: it stays as it is
	}
	for unit, list := range more {
		rooms[unit] = append(rooms[unit], list...)
	}
	for unit := range rooms {
		slices.Sort(rooms[unit])
		rooms[unit] = slices.Compact(rooms[unit])
	}
	b.Rooms = PackRooms(rooms)
	return b
}

// LacksRooms says whether another state of the building lists homes that this
// one's list has not.
func (b Building) LacksRooms(other Building) bool { return b.withRooms(other.Rooms).Rooms != b.Rooms }

// RoomsBeyond are the homes by unit that another state of the building lists
// and this one's list has not; none where this one has no list.
func (b Building) RoomsBeyond(other Building) map[string][]string {
	beyond := map[string][]string{}
	more, err := UnpackRooms(other.Rooms)
	if b.Rooms == "" || err != nil {
		return beyond
	}
	for unit, list := range more {
		for _, room := range list {
			if !b.Lists(unit, room) {
				beyond[unit] = append(beyond[unit], room)
			}
		}
	}
	return beyond
}

// AllRoomsFit says whether the units that the household list names and the
// number of units go together, so that each home of the list can answer: units
// that are numbered, up to that number, or a number that nobody knows; rooms
// without a unit where there are no units. Of a list with numbers the highest
// is told, 0 where it is not numbered.
func (b Building) AllRoomsFit() (highest int, fit bool) {
	rooms, err := UnpackRooms(b.Rooms)
	if err != nil {
		return 0, false
	}
	fit = len(rooms[""]) == 0 || !b.AsksUnit()
	for unit := range maps.Keys(rooms) {
		n, numeric := numberOf(unit)
		switch {
		case unit == "" || b.Units == nil:
		case !numeric || n < 1 || n > *b.Units:
			fit = false
		}
		highest = max(highest, n)
	}
	return highest, fit
}

// AddsRooms says whether a correction adds homes to a household list.
func AddsRooms(lines []Correction) bool {
	return slices.ContainsFunc(lines, func(l Correction) bool { return l.Field == RoomsListed })
}
