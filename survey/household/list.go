package household

import (
	"fmt"
	"maps"
	"slices"

	"meihao/survey"
)

// List is the household list of a building while it is put together: each
// home once, in the form in which claims know it (Unit, Room). The zero List
// is empty.
type List struct {
	rooms map[string]map[string]bool // canonical rooms by canonical unit
	count int
}

// ParseList reads a packed list (survey.Building.Rooms).
func ParseList(packed string) (List, error) {
	rooms, err := survey.UnpackRooms(packed)
	if err != nil {
		return List{}, err
	}
	var l List
	for unit, list := range rooms {
		for _, room := range list {
			if same, err := Room(room); err != nil || same != room {
				return List{}, fmt.Errorf("the household list has a room that is not canonical")
			}
			l.add(unit, room)
		}
		if same, err := Unit(unit, nil); unit != "" && (err != nil || same != unit) {
			return List{}, fmt.Errorf("the household list has a unit that is not canonical")
		}
	}
	return l, nil
}

// Add puts a home on the list as somebody wrote it; unit is "" where the
// building has none. It says false where the home is there already: "301" and
// "301室" are one. It returns an Error for a unit or room that Unit or Room
// refuses, and where the list would have more than survey.MostListed homes.
func (l *List) Add(unit, room string) (added bool, err error) {
	if unit != "" {
		if unit, err = Unit(unit, nil); err != nil {
			return false, err
		}
	}
	if room, err = Room(room); err != nil {
		return false, err
	}
	if !l.rooms[unit][room] && l.count >= survey.MostListed {
		return false, tooMany()
	}
	return l.add(unit, room), nil
}

func tooMany() error {
	return survey.Fail(survey.Invalid, "error.household.rooms_many", "Most", survey.MostListed)
}

func (l *List) add(unit, room string) bool {
	if l.rooms[unit][room] {
		return false
	}
	if l.rooms == nil {
		l.rooms = map[string]map[string]bool{}
	}
	if l.rooms[unit] == nil {
		l.rooms[unit] = map[string]bool{}
	}
	l.rooms[unit][room] = true
	l.count++
	return true
}

// Count is the number of homes.
func (l *List) Count() int { return l.count }

// Units are the canonical units that have homes, "" for homes without one, in
// no order.
func (l *List) Units() []string { return slices.Collect(maps.Keys(l.rooms)) }

// Has says whether a canonical unit and room are on the list.
func (l *List) Has(unit, room string) bool { return l.rooms[unit][room] }

// String packs the list (survey.PackRooms): equal lists give equal texts, an
// empty one "".
func (l *List) String() string {
	rooms := make(map[string][]string, len(l.rooms))
	for unit, set := range l.rooms {
		rooms[unit] = slices.Collect(maps.Keys(set))
	}
	return survey.PackRooms(rooms)
}
