package roster_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
	"meihao/survey/roster"
)

// What is typed by hand is read as a cell of a register is.
func TestTypedIsReadAsACell(t *testing.T) {
	for typed, want := range map[string]int{"１,０２４ 户": 1024, " 12 ": 12, "6.0": 6, "无": 0, "0": 0} {
		if n, ok := roster.Count(typed, 9999); !ok || n == nil || *n != want {
			t.Errorf("%q is read as %v, %t", typed, n, ok)
		}
	}
	for _, typed := range []string{"很多", "-1", "1.5", "10000"} {
		if _, ok := roster.Count(typed, 9999); ok {
			t.Errorf("%q is taken for a number", typed)
		}
	}
	if n, ok := roster.Count("", 9); n != nil || !ok {
		t.Error("an empty field is a number")
	}
	if s := roster.Text("  ３号楼  （北） "); s != "3号楼 （北）" {
		t.Errorf("a name is read as %q", s)
	}
	if !roster.SameName("幸福 家园", "幸福家园") || roster.SameName("幸福家园", "幸福里") {
		t.Error("names are compared otherwise than in a register")
	}
}

// Each field that cannot stand is named, whatever else is wrong; a building
// keeps its household list and does not become smaller than it.
func TestCheckRegisterNamesEveryFault(t *testing.T) {
	homes := func(n int) survey.Homes { return survey.Homes{Households: n} }
	before := survey.Project{Name: "晨光花园", Homes: homes(30), Buildings: []survey.Building{
		{ID: 1, Name: "1号楼", Homes: homes(10), Rooms: "1:101-110"}, {ID: 2, Name: "2号楼", Homes: homes(20)},
	}}
	to := survey.RegisterCorrection{Name: "", Homes: homes(0), Buildings: []survey.CorrectedBuilding{
		{Building: survey.Building{ID: 1, Name: "1号楼", Homes: homes(9)}},
		{Building: survey.Building{Name: "二栋", Homes: homes(5)}}, // the register's 2号楼 stays
		{Building: survey.Building{Name: "3号楼", Homes: homes(0)}},
		{Building: survey.Building{Homes: homes(1)}, Remove: true}, // whatever it says
	}}
	after, _, err := before.Correct(to)
	if err != nil {
		t.Fatal(err)
	}
	var e *survey.Error
	if !errors.As(roster.CheckRegister(after, to.Buildings), &e) {
		t.Fatal("nothing is wrong with it")
	}
	want := []string{"b0-households", "b1-name", "b2-households", "households", "name"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(e.Fields))); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if key := e.Fields["b0-households"].Key; key != "error.correction.listed" {
		t.Errorf("fewer homes than on the list: %s", key)
	}
	to.Name, to.Homes, to.Buildings = "晨光花园", homes(30), to.Buildings[:1]
	to.Buildings[0].Households = 12
	if after, _, err = before.Correct(to); err != nil {
		t.Fatal(err)
	}
	if err := roster.CheckRegister(after, to.Buildings); err != nil || after.Households != 32 || after.Buildings[0].Listed() != 10 {
		t.Errorf("%v, %+v", err, after)
	}
}
