package household_test

import (
	"testing"

	"meihao/survey"
	"meihao/survey/household"
)

// Rooms that a list forgot are typed as people name them: a building with
// several units wants the unit, and one without refuses it.
func TestParseMore(t *testing.T) {
	none, one, two := 0, 1, 2
	for _, c := range []struct {
		typed string
		units *int
		want  string
		key   string
	}{
		{"301、302-305", &none, ":301-305", ""},
		{"  ", nil, "", ""},
		{"１２０１ 1202室", &one, "1:1201-1202", ""},
		{"1单元301、302，2单元 101", &two, "1:301-302;2:101", ""},
		{"二单元：101", &two, "2:101", ""},
		{"1单元301 2单元301", &two, "1,2:301", ""},
		{"东单元301", nil, "东:301", ""},
		{"301", &two, "", "error.household.rooms_no_unit"},
		{"301", nil, "", "error.household.rooms_no_unit"},
		{"3单元301", &two, "", "error.household.unit_unknown"},
		{"1单元301", &none, "", "error.household.no_units"},
		{"1单元", &two, "", "error.household.rooms_more"},
		{"1单元2单元101", &two, "", "error.household.rooms_more"},
		{"101-206", &none, "", "error.household.rooms_more"},
		{"阳台", &none, "", "error.household.rooms_more"},
	} {
		got, err := household.ParseMore(c.typed, c.units)
		if got != c.want || (err == nil) != (c.key == "") || err != nil && survey.KeyOf(err) != c.key {
			t.Errorf("%q is read as %q, %v, want %q, %s", c.typed, got, err, c.want, c.key)
		}
	}
}

// What is written is read again.
func TestWriteMore(t *testing.T) {
	five := 5
	for units, rooms := range map[*int]map[string][]string{
		&five:  {"2": {"101", "3a"}, "1": {"301"}},
		new(0): {"": {"101", "102"}},
	} {
		text := household.WriteMore(rooms)
		if packed, err := household.ParseMore(text, units); err != nil || packed != survey.PackRooms(rooms) {
			t.Errorf("%q is read as %q, %v", text, packed, err)
		}
	}
}
