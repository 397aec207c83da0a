package survey

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The household list of a building (RULES §1) is kept packed: for each unit,
// or several that have the same rooms, its rooms with consecutive numbers as
// one run:
//
//	1,2:101-104,201-204,301-304;3:101-102,12a
//
// A building without units has one part that begins with the colon. Units and
// rooms are canonical, the parts and what they hold are sorted, and nothing
// stands twice, so that equal lists are equal texts. A tower of 28 floors
// takes 280 bytes.

// MostListed is how many homes a building's list may hold; it bounds what a
// run may mean.
const MostListed = 10_000

// PackRooms packs canonical rooms by canonical unit ("" where the building
// has none). Nothing packs to "".
func PackRooms(rooms map[string][]string) string {
	units := map[string][]string{} // by the rooms that they share
	for unit, list := range rooms {
		if len(list) > 0 {
			packed := packRuns(list)
			units[packed] = append(units[packed], unit)
		}
	}
	parts := make([]roomPart, 0, len(units))
	for packed, same := range units {
		slices.SortFunc(same, compareNames)
		parts = append(parts, roomPart{same, packed})
	}
	slices.SortFunc(parts, func(a, b roomPart) int { return compareNames(a.units[0], b.units[0]) })
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(strings.Join(part.units, ","))
		b.WriteByte(':')
		b.WriteString(part.rooms)
	}
	return b.String()
}

type roomPart struct {
	units []string
	rooms string // packed
}

// packRuns writes one unit's rooms.
func packRuns(rooms []string) string {
	rooms = slices.Compact(slices.SortedFunc(slices.Values(rooms), compareNames))
	var b strings.Builder
	for i := 0; i < len(rooms); {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(rooms[i])
		first, numeric := numberOf(rooms[i])
		end := i + 1
		for numeric && end < len(rooms) {
			if next, ok := numberOf(rooms[end]); !ok || next != first+end-i {
				break
			}
			end++
		}
		if end-i > 1 {
			b.WriteByte('-')
			b.WriteString(rooms[end-1])
		}
		i = end
	}
	return b.String()
}

// compareNames orders numbers by value and before all other names.
func compareNames(a, b string) int {
	m, numericA := numberOf(a)
	n, numericB := numberOf(b)
	switch {
	case numericA && numericB:
		return cmp.Compare(m, n)
	case numericA:
		return -1
	case numericB:
		return 1
	}
	return strings.Compare(a, b)
}

// numberOf reads a canonical number of up to eight digits; anything else,
// leading zeros too, is a name.
func numberOf(s string) (n int, ok bool) {
	if s == "" || len(s) > 8 || s[0] == '0' {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// UnpackRooms reads what PackRooms wrote, the rooms of each unit in order. An
// error says that it did not write this text, or more than MostListed homes.
func UnpackRooms(packed string) (map[string][]string, error) {
	rooms, count := map[string][]string{}, 0
	for unit, text := range eachPart(packed) {
		if rooms[unit] != nil {
			return nil, fmt.Errorf("the household list has unit %q twice", unit)
		}
		list := []string{}
		for run := range strings.SplitSeq(text, ",") {
			first, last := runOf(run)
			if first == "" {
				return nil, fmt.Errorf("the household list has a home without a name")
			}
			if count += runLength(first, last); count > MostListed {
				return nil, fmt.Errorf("the household list has more than %d homes", MostListed)
			}
			list = appendRun(list, first, last)
		}
		rooms[unit] = list
	}
	if PackRooms(rooms) != packed {
		return nil, fmt.Errorf("the household list of %d bytes is not packed as it should be", len(packed))
	}
	return rooms, nil
}

// eachPart calls for each unit with the text of its rooms.
func eachPart(packed string) func(yield func(unit, rooms string) bool) {
	return func(yield func(unit, rooms string) bool) {
		for packed != "" {
			var part string
			part, packed, _ = strings.Cut(packed, ";")
			units, rooms, _ := strings.Cut(part, ":")
			for more := true; more; {
				var unit string
				unit, units, more = strings.Cut(units, ",")
				if !yield(unit, rooms) {
					return
				}
			}
		}
	}
}

// runOf is the first and the last room of a run, which may be one.
func runOf(run string) (first, last string) {
	first, last, found := strings.Cut(run, "-")
	if !found {
		return first, first
	}
	return first, last
}

// runLength is how many rooms a run has: one for what is no run of numbers.
func runLength(first, last string) int {
	from, _ := numberOf(first)
	to, numeric := numberOf(last)
	if !numeric || to < from {
		return 1
	}
	return to - from + 1
}

func appendRun(list []string, first, last string) []string {
	from, _ := numberOf(first)
	list = append(list, first)
	for i := 1; i < runLength(first, last); i++ {
		list = append(list, strconv.Itoa(from+i))
	}
	return list
}

// Listed is how many homes the building's household list has, 0 where the
// register has none.
func (b Building) Listed() int {
	count := 0
	for _, rooms := range eachPart(b.Rooms) {
		for run := range strings.SplitSeq(rooms, ",") {
			count += runLength(runOf(run))
		}
	}
	return count
}

// Lists says whether a home may answer for this building: its canonical unit
// ("" where there are none) and room are on the household list, or there is
// no list. A room that the register lists without a unit is there in every
// unit. It allocates nothing: the gate asks it for every answer.
func (b Building) Lists(unit, room string) bool {
	if b.Rooms == "" {
		return true
	}
	number, numeric := numberOf(room)
	for one, rooms := range eachPart(b.Rooms) {
		if one != unit && one != "" {
			continue
		}
		for run := range strings.SplitSeq(rooms, ",") {
			first, last := runOf(run)
			if first == room || numeric && within(number, first, last) {
				return true
			}
		}
	}
	return false
}

func within(number int, first, last string) bool {
	from, ok := numberOf(first)
	to, numeric := numberOf(last)
	return ok && numeric && from <= number && number <= to
}

// ListsUnit says whether homes of a unit may be on the list, or there is no
// list.
func (b Building) ListsUnit(unit string) bool {
	for one := range eachPart(b.Rooms) {
		if one == unit || one == "" {
			return true
		}
	}
	return b.Rooms == ""
}

// UnitsListed are the units that the list names, in order; none for a
// building without units or without a list.
func (b Building) UnitsListed() []string {
	units := map[string]bool{}
	for unit := range eachPart(b.Rooms) {
		if unit != "" {
			units[unit] = true
		}
	}
	return slices.SortedFunc(maps.Keys(units), compareNames)
}
