package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// A register of buildings changes and adds buildings with their lists of
// rooms, in the project that is there, and says so in an event of its own.
func TestImportBuildings(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		file := roster.File{Form: roster.Buildings, Notes: []roster.Note{{Message: survey.Message{Key: "roster.note.read_units"}}}, Rows: []roster.Row{
			{Number: 2, Register: "CG-001", Building: "9号楼", Unit: "1", Rooms: survey.PackRooms(map[string][]string{"": {"101", "102", "201"}})},
			{Number: 3, Register: "CG-001", Building: "9号楼", Unit: "2", Rooms: survey.PackRooms(map[string][]string{"": {"101", "102"}})},
			{Number: 4, Project: "没有的小区", Building: "1号楼", Homes: survey.Homes{Households: 5}},
		}}
		var told []int
		run := func(opt roster.Apply) roster.Plan {
			t.Helper()
			plan, err := w.Store.ImportProjects(w.Ctx(), w.City, file, opt)
			w.Must(err)
			return plan
		}
		plan := run(roster.Apply{Apply: true, Progress: func(done, total int) { told = append(told, done, total) }})
		if len(plan.Refused) != 1 || len(plan.Notes) == 0 || plan.Notes[0].Key != "roster.note.read_units" {
			t.Errorf("refused %+v, notes %+v", plan.Refused, plan.Notes)
		}
		got, err := w.Store.Project(w.Ctx(), w.District.Scope, w.Project.ID)
		w.Must(err)
		last := got.Buildings[len(got.Buildings)-1]
		want := survey.Building{ID: last.ID, Name: "9号楼", Units: new(2), Homes: survey.Homes{Households: 5}, Rooms: "1:101-102,201;2:101-102"}
		if diff := cmp.Diff(want, last); diff != "" {
			t.Errorf("the building (-want +got):\n%s", diff)
		}
		if got.BuildingCount != w.Project.BuildingCount+1 || got.Phone != w.Project.Phone || got.Company != w.Project.Company {
			t.Errorf("the project became %+v", got)
		}
		events, err := w.Store.Events(w.Ctx(), 0, 1)
		w.Must(err)
		if events[0].Action != "buildings.imported" {
			t.Errorf("event %s", events[0].Action)
		}
		if n := len(told); n == 0 || told[n-2] != told[n-1] {
			t.Errorf("progress %v never arrives", told)
		}
		if again := run(roster.Apply{Apply: true}); !again.Empty() {
			t.Errorf("the same register again plans %+v", again.Projects)
		}
		file.Rows[0].Rooms = survey.PackRooms(map[string][]string{"": {"101", "102", "202"}})
		if fields := run(roster.Apply{Apply: true}).Projects[0].Buildings[0].Fields; len(fields) != 1 || fields[0] != (roster.Difference{Field: "rooms", Old: "5", New: "5 (+1 −1)"}) {
			t.Errorf("one room for another: %+v", fields)
		}
		w.Clean()
	})
}
