package roster

import (
	"errors"

	"meihao/survey"
	"meihao/survey/household"
)

// roomsRead is what a cell with a list of rooms says: packed, or why not.
type roomsRead struct {
	packed string
	why    *survey.Message
}

// mostRemembered is how many bytes of lists are remembered.
const mostRemembered = 8 << 20

// rooms reads a list of rooms, and the same one of another line only once: a
// building's units have alike lists. What was read in vain counts like rooms,
// or a file of wrong lists would be read for minutes.
func (t *table) rooms(cell string) (string, *survey.Message) {
	if known, is := t.parsed[cell]; is {
		return known.packed, known.why
	}
	var read roomsRead
	rooms, err := household.ParseRooms(cell)
	var e *survey.Error
	if errors.As(err, &e) {
		read.why = &e.Message
		t.listed += len(rooms)
	} else {
		read.packed = survey.PackRooms(map[string][]string{"": rooms})
	}
	if t.memory += len(cell); t.memory > mostRemembered {
		t.memory = len(cell)
		clear(t.parsed)
	}
	t.parsed[cell] = read
	return read.packed, read.why
}
