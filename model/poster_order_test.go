package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// Posters stand in the register's order of projects and, in each, as one walks
// past the buildings: by number, the building's before its units'.
func TestPosterOrder(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		var rows []roster.Row
		for i, name := range []string{"10号楼", "二号楼", "1号楼", "十一号楼"} {
			units := 2
			rows = append(rows, roster.Row{
				Number: i + 2, District: "晨光区", Subdistrict: "梧桐街道", Community: "东里社区", Project: "新园",
				Building: name, Units: &units, Homes: survey.Homes{Households: 20},
			})
		}
		importRows(w, rows)
		w.Campaign = w.OpenCampaign(w.Draft(nil))
		list, _, err := w.Store.Projects(w.Ctx(), survey.CityScope(), survey.ProjectFilter{Search: "新园"})
		w.Must(err)
		garden, err := w.Store.Project(w.Ctx(), survey.CityScope(), list[0].ID)
		w.Must(err)
		two := garden.Buildings[1]
		_, err = w.Store.AddPosters(w.Ctx(), w.District, w.Campaign.ID, garden.ID, []survey.NewPoster{
			{Building: two.ID, Unit: 2, Place: "二号楼2单元10层"}, {Building: two.ID, Unit: 2, Place: "二号楼2单元9层"}, {Building: two.ID, Unit: 1, Place: "二号楼1单元"},
		})
		w.Must(err)
		old := places(w, garden.ID)[2]
		_, err = w.Store.ReplacePoster(w.Ctx(), w.District, old.Code, modeltest.Reason)
		w.Must(err)
		names := func(list []survey.PosterPlace) (names []string) {
			for _, p := range list {
				name := p.Project.Name + " " + p.Name()
				if p.Retired {
					name += " 已停用"
				}
				names = append(names, name)
			}
			return names
		}
		want := []string{
			"新园 1号楼", "新园 二号楼", "新园 二号楼1单元", "新园 二号楼1单元 已停用", "新园 二号楼2单元9层", "新园 二号楼2单元10层", "新园 10号楼", "新园 十一号楼",
		}
		if diff := cmp.Diff(want, names(places(w, garden.ID))); diff != "" {
			t.Errorf("one project (-want +got):\n%s", diff)
		}
		// A page of projects is one query, in the register's order.
		some, err := w.Store.Posters(w.Ctx(), w.District.Scope, w.Campaign.ID, garden.ID, w.Neighbour.ID, w.Foreign.ID)
		w.Must(err)
		if diff := cmp.Diff(append([]string{"紫藤苑 1号楼"}, want...), names(some)); diff != "" {
			t.Errorf("three projects, one of them foreign (-want +got):\n%s", diff)
		}
	})
}

// importRows adds to the register.
func importRows(w *modeltest.World, rows []roster.Row) {
	w.T.Helper()
	_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true, Strict: true})
	w.Must(err)
}

// Answers are shown for a building that is a group by itself; of joined ones
// none, so that no single one comes out by subtraction (RULES §1).
func TestAnswersOfJoinedBuildingsAreNotShown(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		posters, err := w.Store.Posters(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Project.ID)
		w.Must(err)
		shown := map[string]bool{}
		for _, p := range posters {
			shown[p.Building.Name] = p.ShowsAnswers()
		}
		want := map[string]bool{"1号楼": true, "2号楼": true, "3号楼": false, "4号楼": false}
		if diff := cmp.Diff(want, shown); diff != "" {
			t.Errorf("shown (-want +got):\n%s", diff)
		}
	})
}
