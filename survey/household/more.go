package household

import (
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"meihao/survey"
)

// unitWord stands between a unit and its rooms.
const unitWord = "单元"

// ParseMore reads homes that a household list forgot, as somebody types them:
// "301、302-305", and where the building has several units "1单元301、302，
// 2单元101". It returns them as survey.PackRooms packs them, "" for nothing.
// units is the building's number of units, as survey.Building.Units has it.
func ParseMore(typed string, units *int) (string, error) {
	typed = strings.TrimSpace(norm.NFKC.String(typed))
	if typed == "" {
		return "", nil
	}
	unit, parts := "", strings.Split(typed, unitWord)
	switch {
	case len(parts) > 1:
		unit = strings.TrimSpace(parts[0])
		parts = parts[1:]
	case units != nil && *units == 1:
		unit = "1"
	case units == nil || *units > 1:
		return "", survey.Fail(survey.Invalid, "error.household.rooms_no_unit")
	}
	var list List
	for i, part := range parts {
		next := ""
		if i < len(parts)-1 {
			part, next = lastWord(part)
		}
		rooms, err := roomsOf(part, unit, units)
		if err != nil {
			return "", err
		}
		for _, room := range rooms {
			if _, err := list.Add(unit, room); err != nil {
				return "", err
			}
		}
		unit = next
	}
	return list.String(), nil
}

// roomsOf reads the rooms of one unit, which the building must have.
func roomsOf(part, unit string, units *int) ([]string, error) {
	if unit != "" || units == nil || *units > 0 {
		if units != nil && *units == 0 {
			return nil, survey.Fail(survey.Invalid, "error.household.no_units")
		}
		if _, err := Unit(unit, units); err != nil {
			return nil, err
		}
	}
	rooms, err := ParseRooms(strings.TrimLeft(part, ": "))
	var unread *survey.Error
	switch {
	case err == nil && len(rooms) == 0:
		return nil, notMore(unit + unitWord)
	case errors.As(err, &unread) && unread.Args["Text"] != nil:
		return nil, notMore(unread.Args["Text"])
	}
	return rooms, err
}

// notMore says how rooms are typed where there is no column for the unit.
func notMore(text any) error {
	return survey.Fail(survey.Invalid, "error.household.rooms_more", "Text", text)
}

// lastWord parts what stands between two units: the rooms of the first, and
// the name of the second.
func lastWord(s string) (before, last string) {
	s = strings.TrimRight(s, " ")
	at := strings.LastIndexAny(s, " \t\n\r,;、。/|:")
	if at < 0 {
		return "", s
	}
	rest := s[at:]
	return s[:at], strings.TrimLeft(rest, " \t\n\r,;、。/|:")
}

// WriteMore writes homes by unit so that ParseMore reads them.
func WriteMore(rooms map[string][]string) string {
	units := make([]string, 0, len(rooms))
	for unit := range rooms {
		units = append(units, unit)
	}
	slices.Sort(units)
	for i, unit := range units {
		text := strings.Join(rooms[unit], "、")
		if unit != "" {
			text = unit + unitWord + text
		}
		units[i] = text
	}
	return strings.Join(units, "，")
}
