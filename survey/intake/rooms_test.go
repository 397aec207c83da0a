package intake_test

import (
	"errors"
	"testing"

	"meihao/survey"
	"meihao/survey/intake"
)

// listedLobby is the lobby with household lists in 1号楼 and 2号楼.
func listedLobby() survey.Poster {
	p := lobby()
	p.Project.Phone, p.Campaign.Phone = "", "010-2000 0000"
	p.Project.Buildings[0].Rooms = "1:101-104,301-304;2:301,12a"
	p.Project.Buildings[1].Rooms = ":101-104"
	return p
}

// Where a building has a household list, a home that is not on it is refused
// with words at the field to look at; other buildings take every room.
func TestUnlistedHomesAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, building, unit, room string
		field, key                 string // "" for admitted
	}{
		{"on the list", "", "1", "301", "", ""},
		{"on the list, written otherwise", "1栋", "二单元", "１２Ａ室", "", ""},
		{"no such room", "", "1", "305", "room", "error.household.not_listed"},
		{"a room of another unit", "", "2", "302", "room", "error.household.not_listed"},
		{"between two runs", "", "1", "201", "room", "error.household.not_listed"},
		{"a building without units", "2号楼", "", "104", "", ""},
		{"no such room there", "2号楼", "", "301", "room", "error.household.not_listed"},
		{"a building without a list", "3号楼", "9", "9999", "", ""},
		{"an impossible room is told as before", "", "1", "阳台", "room", "error.household.room_form"},
		{"an impossible unit is told as before", "", "3", "301", "unit", "error.household.unit_unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := good()
			r.Building, r.Unit, r.Room = c.building, c.unit, c.room
			_, err := intake.Admit(listedLobby(), questionnaire(t), r, noon())
			if c.field == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			wantField(t, err, c.field, c.key)
		})
	}
}

// wantField: err names one field, and says this of it.
func wantField(t *testing.T, err error, field, key string) survey.Message {
	t.Helper()
	var e *survey.Error
	if !errors.As(err, &e) || e.Kind != survey.Invalid || len(e.Fields) != 1 || e.Fields[field].Key != key {
		t.Fatalf("%v, want %s at %s", err, key, field)
	}
	return e.Fields[field]
}

func TestRefusalSaysWhatToDo(t *testing.T) {
	p, r := listedLobby(), good()
	r.Room = "999"
	_, err := intake.Admit(p, questionnaire(t), r, noon())
	if m := wantField(t, err, "room", "error.household.not_listed"); m.Args["Phone"] != "010-2000 0000" {
		t.Errorf("without a community's telephone the campaign's is named: %v", m.Args)
	}
	p.Project.Phone, p.Campaign.Feedback = "010-1000 0000", true
	_, err = intake.Admit(p, questionnaire(t), r, noon())
	if m := wantField(t, err, "room", "error.household.not_listed_feedback"); m.Args["Phone"] != "010-1000 0000" {
		t.Errorf("the community's telephone is named: %v", m.Args)
	}
	r.Lane = "open"
	if s, err := intake.Admit(p, questionnaire(t), r, noon()); err != nil || s.Lane != survey.OpenLane {
		t.Errorf("feedback needs no home on the list: %v", err)
	}
	// A register that lists units where it does not count them.
	p, r = listedLobby(), good()
	p.Project.Buildings[2].Rooms = "1:101;甲:101"
	r.Building, r.Unit, r.Room = "3号楼", "2", "101"
	_, err = intake.Admit(p, questionnaire(t), r, noon())
	wantField(t, err, "unit", "error.household.unit_not_listed")
	// One that lists rooms without their unit means all of them.
	p.Project.Buildings[2].Rooms = ":101-102"
	if _, err = intake.Admit(p, questionnaire(t), r, noon()); err != nil {
		t.Errorf("a room that is listed without a unit: %v", err)
	}
	r.Room = "103"
	_, err = intake.Admit(p, questionnaire(t), r, noon())
	wantField(t, err, "room", "error.household.not_listed")
}

// The poster fills in the unit where it hangs, in its own building alone.
func TestPosterKnowsItsUnit(t *testing.T) {
	p := lobby()
	p.Unit = 2
	ask := func(building, unit string) (survey.Submission, error) {
		r := good()
		r.Building, r.Unit = building, unit
		return intake.Admit(p, questionnaire(t), r, noon())
	}
	named, err := ask("", "2")
	if err != nil {
		t.Fatal(err)
	}
	for _, building := range []string{"", "1号楼", survey.ID(11).String()} {
		if s, err := ask(building, " "); err != nil || s.Claim != named.Claim {
			t.Errorf("no unit in building %q: %v, or another home", building, err)
		}
	}
	if s, err := ask("", "1"); err != nil || s.Claim == named.Claim {
		t.Errorf("another unit than the poster's: %v, or the same home", err)
	}
	_, err = ask("3号楼", "")
	wantField(t, err, "unit", "error.household.unit")
	if _, err = ask("2号楼", ""); err != nil {
		t.Errorf("a building without units: %v", err)
	}
}
