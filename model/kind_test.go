package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// A kind is put right by hand, is offered and chosen by, and stands in the
// list of a campaign that was opened before.
func TestProjectKind(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		p, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID)
		w.Must(err)
		_, err = w.Store.CorrectRegister(w.Ctx(), w.District, p.ID, survey.RegisterCorrection{
			Name: p.Name, Phone: p.Phone, Company: p.Company.Name, Kind: "老旧小区", Homes: p.Homes, Seen: p.Digest(),
		})
		w.Must(err)
		kinds, err := w.Store.Kinds(w.Ctx(), w.District.Scope)
		w.Must(err)
		if diff := cmp.Diff([]string{"老旧小区"}, kinds); diff != "" {
			t.Error(diff)
		}
		if kinds, err = w.Store.Kinds(w.Ctx(), w.Stranger.Scope); err != nil || len(kinds) > 0 {
			t.Errorf("the other district is offered %v, %v", kinds, err)
		}
		for _, c := range []struct {
			filter survey.ProjectFilter
			want   int
		}{{survey.ProjectFilter{Kind: "老旧 小区"}, 1}, {survey.ProjectFilter{Kind: "商品房"}, 0}, {survey.ProjectFilter{Kind: "老旧小区", Company: p.Company.ID}, 1}} {
			list, count, err := w.Store.Projects(w.Ctx(), w.District.Scope, c.filter)
			w.Must(err)
			if len(list) != c.want || count != c.want {
				t.Errorf("%+v finds %d of %d, want %d", c.filter, len(list), count, c.want)
			}
		}
		enrolments, err := w.Store.Enrolments(w.Ctx(), w.District.Scope, w.Campaign.ID)
		w.Must(err)
		found := false
		for _, e := range enrolments {
			found = found || e.Project.ID == p.ID && e.Project.Kind == "老旧小区"
		}
		if !found {
			t.Error("the standings do not know the kind")
		}
	})
}
