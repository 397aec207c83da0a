package household_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
	"meihao/survey/household"
)

// drawHomes are homes as a register has them: floors of rooms, odd names,
// gaps, units that have the same rooms.
func drawHomes(t *rapid.T) [][2]string {
	room := rapid.OneOf(
		rapid.StringMatching(`[1-9][0-9]?0[1-4]`), rapid.StringMatching(`[1-9]`), rapid.StringMatching(`[1-9][0-9]{7}`),
		rapid.StringMatching(`[1-3]0[1-4][ab]`), rapid.StringMatching(`[ab]10[1-4]`), rapid.Just("东1"), rapid.Just("99"), rapid.Just("100"),
	)
	return rapid.SliceOf(rapid.Custom(func(t *rapid.T) [2]string {
		return [2]string{rapid.SampledFrom([]string{"", "1", "2", "10", "甲", "a"}).Draw(t, "unit"), room.Draw(t, "room")}
	})).Draw(t, "homes")
}

// A packed list says what was put in and nothing else, whatever the order.
func TestListsAreWhatWasPutIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		homes := drawHomes(t)
		there := map[[2]string]bool{}
		var list, again household.List
		for _, home := range homes {
			added, err := list.Add(home[0], home[1])
			if err != nil || added == there[home] {
				t.Fatalf("Add(%q): %t, %v", home, added, err)
			}
			there[home] = true
		}
		for _, home := range rapid.Permutation(homes).Draw(t, "order") {
			_, _ = again.Add(home[0], home[1])
		}
		if list.String() != again.String() {
			t.Fatalf("%q and, put in otherwise, %q", list.String(), again.String())
		}
		read, err := household.ParseList(list.String())
		if err != nil || read.String() != list.String() {
			t.Fatalf("%q is read as %q, %v", list.String(), read.String(), err)
		}
		b := survey.Building{Rooms: list.String()}
		if list.Count() != len(there) || read.Count() != len(there) || b.Listed() != len(there) {
			t.Fatalf("%d, %d and %d homes, want %d", list.Count(), read.Count(), b.Listed(), len(there))
		}
		for _, home := range append(drawHomes(t), homes...) {
			if list.Has(home[0], home[1]) != there[home] || read.Has(home[0], home[1]) != there[home] {
				t.Fatalf("%q on %q", home, list.String())
			}
			if want := there[home] || there[[2]string{"", home[1]}] || len(there) == 0; b.Lists(home[0], home[1]) != want {
				t.Fatalf("%q on %q: %t", home, b.Rooms, !want)
			}
		}
		units := slices.Sorted(slices.Values(list.Units()))
		for _, unit := range []string{"", "1", "甲", "9"} {
			if want := slices.Contains(units, unit) || slices.Contains(units, "") || len(there) == 0; b.ListsUnit(unit) != want {
				t.Fatalf("unit %q of %q", unit, b.Rooms)
			}
		}
		named := slices.DeleteFunc(units, func(unit string) bool { return unit == "" })
		if diff := cmp.Diff(named, slices.Sorted(slices.Values(b.UnitsListed())), cmp.Transformer("empty", func(s []string) string { return strings.Join(s, " ") })); diff != "" {
			t.Fatalf("units of %q: %s", b.Rooms, diff)
		}
	})
}

func TestPackedLists(t *testing.T) {
	var l household.List
	for _, unit := range []string{"2单元", "一单元", "甲"} {
		for _, room := range []string{"0104", "102", "101室", "103", "201", "12A", "103"} {
			if _, err := l.Add(unit, room); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := l.Add("3", "A101"); err != nil {
		t.Fatal(err)
	}
	if got, want := l.String(), "1,2,甲:101-104,201,12a;3:a101"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var tower household.List
	for floor := 1; floor <= 28; floor++ {
		for home := 1; home <= 4; home++ {
			if added, err := tower.Add("", strings.Repeat("0", home)+number(100*floor+home)); !added || err != nil {
				t.Fatal(floor, home, added, err)
			}
		}
	}
	if got := tower.String(); len(got) > 300 || !strings.HasPrefix(got, ":101-104,201-204,") || tower.Count() != 112 {
		t.Errorf("%d homes in %d bytes: %s", tower.Count(), len(got), got)
	}
	for room, key := range map[string]string{"": "error.household.room", "阳台": "error.household.room_form"} {
		if _, err := tower.Add("", room); survey.KeyOf(err) != key {
			t.Errorf("Add(%q): %v", room, err)
		}
	}
	if _, err := tower.Add("1-2", "101"); survey.KeyOf(err) != "error.household.unit_form" || tower.Count() != 112 {
		t.Errorf("a wrong unit: %v, %d homes", err, tower.Count())
	}
}

// What nobody packed is refused, and none of it takes long.
func TestWhatIsNoPackedList(t *testing.T) {
	for _, text := range []string{
		":", ";", "1", "1:", ":101,", ":102,101", ":101,102", ":101-101", ":104-101", ":101-10a", ":1-99999999", ":0101", ":000", ":A1",
		"2:1;1:1", "1:1;2:1", "1,1:1", "x y:1", "1:1;1:2", ":1-10001", ":101;", "1:<b>1", "01:1",
	} {
		if l, err := household.ParseList(text); err == nil {
			t.Errorf("%q is read as %d homes: %q", text, l.Count(), l.String())
		}
	}
	if l, err := household.ParseList(""); err != nil || l.Count() != 0 {
		t.Errorf("no list: %v", err)
	}
}

func TestRoomsOfACell(t *testing.T) {
	for cell, want := range map[string]string{
		"101-106、201-206, 3A":  "101 102 103 104 105 106 201 202 203 204 205 206 3a",
		"１０１室－１０３室；201":        "101 102 103 201",
		"101 - 103\n201 ~ 202": "101 102 103 201 202",
		"101 102 103":          "101 102 103",
		"101 室、102 室":          "101 102",
		"101至103，101":          "101 102 103",
		"A101-A103/b201-202":   "a101 a102 a103 b201 b202",
		"1-12":                 "1 2 3 4 5 6 7 8 9 10 11 12",
		"0101—0102":            "101 102",
		"一〇一到一〇三":              "101 102 103",
		" 、,; \n":              "",
		"101,":                 "101",
		"2801-2804、":           "2801 2802 2803 2804",
		"":                     "",
		"101、0101、101室、一百零一":   "101",
		"301〜303":              "301 302 303",
		"301|302":              "301 302",
	} {
		got, err := household.ParseRooms(cell)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q: %q, %v; want %q", cell, got, err, want)
		}
	}
	for cell, key := range map[string]string{
		"101-206": "error.household.rooms_run", "1-101": "error.household.rooms_run", "2-301": "error.household.rooms_run",
		"106-101": "error.household.rooms_run", "101-101": "error.household.rooms_run", "A101-B103": "error.household.rooms_run",
		"3A-3C": "error.household.rooms_run", "1-99999999": "error.household.rooms_run",
		"1-2-3": "error.household.rooms_form", "阳台": "error.household.rooms_form", "101-": "error.household.rooms_form", "-101": "error.household.rooms_form",
		"2单元301": "error.household.rooms_form", "123456789": "error.household.rooms_form",
		strings.Repeat("11-99,", 1) + manyRooms(): "error.household.rooms_many",
	} {
		if _, err := household.ParseRooms(cell); survey.KeyOf(err) != key {
			t.Errorf("%.40q: %v, want %s", cell, err, key)
		}
	}
}

func number(n int) string { return strconv.Itoa(n) }

func manyRooms() string {
	var b strings.Builder
	for floor := 1; floor <= survey.MostListed/100+1; floor++ {
		b.WriteString(number(100*floor) + "-" + number(100*floor+99) + "、")
	}
	return b.String()
}

// Every room of a cell is one that a list takes, and none stands twice.
func FuzzParseRooms(f *testing.F) {
	for _, s := range []string{"101-106、201-206, 3A", "1-2-3", "\xff", "第一-第九", "101 室 - 103 室", "①-⑨", "---"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		rooms, err := household.ParseRooms(cell)
		if err != nil {
			if survey.KindOf(err) != survey.Invalid {
				t.Fatalf("%q: %v", cell, err)
			}
			return
		}
		var l household.List
		for _, room := range rooms {
			if added, err := l.Add("", room); err != nil || !added {
				t.Fatalf("%q has %q: %t, %v", cell, room, added, err)
			}
		}
		if same, err := household.ParseList(l.String()); err != nil || same.Count() != len(rooms) {
			t.Fatalf("%q packs to %q: %v", cell, l.String(), err)
		}
	})
}
