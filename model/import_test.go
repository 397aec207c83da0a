package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

func TestImport(t *testing.T) {
	modeltest.Each(t, func(t *testing.T, s *model.Store) {
		ctx := t.Context()
		city := survey.Actor{Username: "city", Scope: survey.CityScope()}
		run := func(opt roster.Apply) roster.Plan {
			t.Helper()
			plan, err := s.ImportProjects(ctx, city, roster.File{Rows: modeltest.Rows()}, opt)
			if err != nil {
				t.Fatal(err)
			}
			return plan
		}
		count := func() int {
			_, n, err := s.Projects(ctx, survey.CityScope(), survey.ProjectFilter{})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		preview := run(roster.Apply{})
		if added, _, _, _ := preview.Counts(); added != 4 || count() != 0 {
			t.Errorf("a preview of %d new projects stored %d", added, count())
		}
		if _, err := s.ImportProjects(ctx, city, roster.File{Rows: modeltest.Rows()}, roster.Apply{Apply: true, Digest: "of another plan"}); survey.KindOf(err) != survey.Conflict {
			t.Errorf("a plan that nobody accepted: %v", err)
		}
		if count() != 0 {
			t.Error("it was stored")
		}
		run(roster.Apply{Apply: true, Digest: preview.Digest()})
		if count() != 4 {
			t.Errorf("%d projects are stored, want 4", count())
		}
		events, err := s.Events(ctx, 0, 10)
		if err != nil || len(events) != 1 || events[0].Action != "projects.imported" {
			t.Errorf("events %+v, %v", events, err)
		}
		if again := run(roster.Apply{Apply: true}); !again.Empty() {
			t.Errorf("the same register again plans %+v", again.Projects)
		}
		if events, _ := s.Events(ctx, 0, 10); len(events) != 1 {
			t.Errorf("the same register again wrote an event")
		}
	})
}

// A changed register changes the projects and buildings it names, adds what
// is new behind what is there, and keeps ids and order.
func TestImportChanges(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		rows := modeltest.Rows()
		rows[1].Homes = survey.Homes{Households: 34, Occupied: new(21)}
		rows[5].Phone = "010-55555555" // what is changed stays where it was
		for i := range 4 {
			rows[i].Company, rows[i].Phone = "新家园物业公司", "010-99999999"
			rows[i].ProjectHomes = survey.Homes{Households: 85, Occupied: new(61)}
		}
		fifth := rows[3]
		fifth.Building, fifth.Number, fifth.Units = "5号楼", 9, nil
		lane := roster.Row{Number: 10, District: "晨光区", Subdistrict: "柳巷街道", Community: "柳巷社区", Project: "柳巷小区", Building: "1号楼", Homes: survey.Homes{Households: 8}}
		plan, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: append(rows, fifth, lane)}, roster.Apply{Apply: true, Strict: true})
		w.Must(err)
		if len(plan.Refused) > 0 {
			t.Fatalf("refused: %+v", plan.Refused)
		}
		got, err := w.Store.Project(w.Ctx(), w.District.Scope, w.Project.ID)
		w.Must(err)
		want := w.Project
		want.Company = survey.Company{ID: got.Company.ID, Name: "新家园物业公司"}
		want.Phone, want.Homes, want.BuildingCount = "010-99999999", survey.Homes{Households: 85, Occupied: new(61)}, 5
		want.Buildings = append([]survey.Building(nil), want.Buildings...)
		want.Buildings[1].Homes = survey.Homes{Households: 34, Occupied: new(21)}
		if len(got.Buildings) == 5 {
			want.Buildings = append(want.Buildings, survey.Building{ID: got.Buildings[4].ID, Name: "5号楼", Homes: survey.Homes{Households: 5}})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the project (-want +got):\n%s", diff)
		}
		list, _, err := w.Store.Projects(w.Ctx(), survey.CityScope(), survey.ProjectFilter{})
		w.Must(err)
		var names []string
		for _, p := range list {
			names = append(names, p.Name)
		}
		if diff := cmp.Diff([]string{"晨光花园", "紫藤苑", "银杏里", "湖畔居", "柳巷小区"}, names); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
		if got := list[4]; got.Register != "" || got.Company.ID != 0 || got.Area.Subdistrict != "柳巷街道" {
			t.Errorf("a project without register number and company: %+v", got)
		}
		w.Clean()
	})
}

// A clerk's import reaches as far as the clerk's area.
func TestImportInScope(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		rows := modeltest.Rows()
		for i := range rows {
			rows[i].Phone = "010-88888888"
		}
		plan, err := w.Store.ImportProjects(w.Ctx(), w.Stranger, roster.File{Rows: rows}, roster.Apply{Apply: true})
		w.Must(err)
		if _, changed, _, refused := plan.Counts(); changed != 1 || refused != 6 {
			t.Errorf("%d changed, %d refused; want 1 and 6", changed, refused)
		}
		for id, want := range map[survey.ID]string{w.Foreign.ID: "010-88888888", w.Project.ID: "010-12345678"} {
			p, err := w.Store.Project(w.Ctx(), survey.CityScope(), id)
			w.Must(err)
			if p.Phone != want {
				t.Errorf("%s has the telephone %s, want %s", p.Name, p.Phone, want)
			}
		}
		rows[0].Errors = []survey.Message{{Key: "error.answers"}}
		before, err := w.Store.Events(w.Ctx(), 0, 1)
		w.Must(err)
		for i := range rows {
			rows[i].Phone = "010-77777777"
		}
		if _, err = w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true, Strict: true}); err != nil {
			t.Fatal(err)
		}
		after, err := w.Store.Events(w.Ctx(), 0, 1)
		w.Must(err)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("a strict import with a refused row changed something:\n%s", diff)
		}
	})
}
