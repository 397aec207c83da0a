package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// Whether a unit is asked never changes while a campaign runs, and units that
// were there stay.
func TestUnitsMayBecome(t *testing.T) {
	none, two, three := 0, 2, 3
	for _, c := range []struct {
		was, now *int
		may      bool
	}{
		{nil, nil, true}, {&none, &none, true}, {&two, &two, true}, {&two, &three, true},
		{&three, &two, false}, {&two, &none, false}, {&none, &two, false},
		{nil, &none, false}, {nil, &two, false}, {&none, nil, false}, {&two, nil, false},
	} {
		if survey.UnitsMayBecome(c.was, c.now) != c.may {
			t.Errorf("from %s to %s: want %t", text(c.was), text(c.now), c.may)
		}
	}
}

func text(n *int) string {
	if n == nil {
		return "unknown"
	}
	return string(rune('0' + *n))
}

// A correction leaves no group too small to be shown, but a project that is
// small as a whole.
func TestShrunk(t *testing.T) {
	for name, c := range map[string]struct {
		e     survey.Enrolment
		sizes []int // of the buildings, in their order
		homes int   // of the project, 0 for their sum
		want  []int // the groups' numbers
	}{
		"two groups":           {enrolmentOf(building(1, "a", 40), building(2, "b", 12)), []int{40, 9}, 0, []int{2}},
		"both":                 {enrolmentOf(building(1, "a", 40), building(2, "b", 12)), []int{4, 4}, 0, []int{1, 2}},
		"enough":               {enrolmentOf(building(1, "a", 40), building(2, "b", 12)), []int{10, 10}, 0, nil},
		"a small project":      {enrolmentOf(building(1, "a", 8)), []int{7}, 0, nil},
		"gets small":           {enrolmentOf(building(1, "a", 12)), []int{7}, 0, nil},
		"only its building":    {enrolmentOf(building(1, "a", 12)), []int{7}, 12, []int{1}},
		"was small at opening": {enrolmentOf(building(1, "a", 8)), []int{7}, 12, nil},
	} {
		to := survey.FrozenCorrection{Homes: c.e.Homes}
		if c.homes > 0 {
			to.Households = c.homes
		}
		for i, b := range c.e.Project.Buildings {
			b.Households = c.sizes[i]
			to.Buildings = append(to.Buildings, b)
		}
		after, _, err := c.e.Correct(to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.homes > 0 {
			after.Homes.Households = c.homes
		}
		var got []int
		for _, g := range c.e.Shrunk(after) {
			got = append(got, g.Number)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	small := survey.Group{Homes: survey.Homes{Households: 9}}
	if small.Shown(2) || !small.Shown(1) || !(survey.Group{Homes: survey.Homes{Households: 10}}).Shown(2) {
		t.Error("groups are shown by another measure")
	}
}

// Rooms are only ever added to a list, and a building without one lets every
// room in.
func TestRoomsAreAdded(t *testing.T) {
	two := 2
	listed := survey.Building{ID: 1, Name: "1号楼", Units: &two, Homes: survey.Homes{Households: 4}, Rooms: "1,2:101-102"}
	e := enrolmentOf(listed)
	more := listed
	more.Rooms, more.Households = "2:102-103", 5
	after, lines, err := e.Correct(survey.FrozenCorrection{Homes: e.Homes, Buildings: []survey.Building{more}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := after.Project.Buildings[0]
	if b.Rooms != "1:101-102;2:101-103" || after.Groups[0].Buildings[0].Rooms != b.Rooms || !survey.AddsRooms(lines) {
		t.Errorf("rooms are %q", b.Rooms)
	}
	if got := lines[len(lines)-1]; got != (survey.Correction{Building: 1, BuildingName: "1号楼", Field: "rooms", Old: "4", New: "5"}) {
		t.Errorf("the line is %+v", got)
	}
	if diff := cmp.Diff(map[string][]string{"2": {"103"}}, listed.RoomsBeyond(b)); diff != "" {
		t.Errorf("beyond (-want +got):\n%s", diff)
	}
	if !listed.LacksRooms(b) || b.LacksRooms(listed) || survey.SameBuildings([]survey.Building{listed}, []survey.Building{b}) {
		t.Error("the lists are taken for the same")
	}
	open := listed
	open.Rooms = ""
	e = enrolmentOf(open)
	if after, lines, err = e.Correct(survey.FrozenCorrection{Homes: e.Homes, Buildings: []survey.Building{listed}}, nil); err != nil || after.Project.Buildings[0].Rooms != "" || len(lines) != 0 {
		t.Errorf("a building without a list got %q, %v", after.Project.Buildings[0].Rooms, err)
	}
}

// Every home of a list can be named with the building's number of units.
func TestAllRoomsFit(t *testing.T) {
	none, one, three := 0, 1, 3
	for _, c := range []struct {
		rooms string
		units *int
		fit   bool
	}{
		{"", &three, true}, {":101", &none, true}, {":101", nil, false}, {":101", &one, false},
		{"1,3:101", nil, true}, {"1,3:101", &three, true}, {"1,3:101", &one, false}, {"1,3:101", &none, false},
		{"a:101", nil, true}, {"a:101", &three, false},
	} {
		if _, fit := (survey.Building{Rooms: c.rooms, Units: c.units}).AllRoomsFit(); fit != c.fit {
			t.Errorf("%q with %s units: want %t", c.rooms, text(c.units), c.fit)
		}
	}
}
