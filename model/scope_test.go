package model_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// scopes are every kind of scope with the projects of the world it holds.
func scopes(w *modeltest.World) []struct {
	name     string
	scope    survey.Scope
	projects []string
} {
	all := []string{w.Project.Name, w.Neighbour.Name, w.Sibling.Name, w.Foreign.Name}
	return []struct {
		name     string
		scope    survey.Scope
		projects []string
	}{
		{"nothing", survey.Scope{}, nil},
		{"city", survey.CityScope(), all},
		{"district", w.District.Scope, all[:3]},
		{"another district", w.Stranger.Scope, all[3:]},
		{"subdistrict", w.Subdistrict.Scope, all[:3]},
		{"community", w.Community.Scope, all[:2]},
		{"another community", w.OtherCommunity.Scope, all[2:3]},
		{"company", survey.Scope{Company: w.Project.Company.ID}, all},
		{"a place that is none", survey.Scope{Community: 99}, nil},
	}
}

// Every list and every lookup takes a scope: what is outside is not there.
func TestScopeOfProjects(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for _, c := range scopes(w) {
			list, count, err := w.Store.Projects(w.Ctx(), c.scope, survey.ProjectFilter{})
			w.Must(err)
			var names []string
			for _, p := range list {
				names = append(names, p.Name)
			}
			if diff := cmp.Diff(c.projects, names); diff != "" || count != len(c.projects) {
				t.Errorf("%s sees %d projects (-want +got):\n%s", c.name, count, diff)
			}
			for _, p := range []survey.Project{w.Project, w.Neighbour, w.Sibling, w.Foreign} {
				got, err := w.Store.Project(w.Ctx(), c.scope, p.ID)
				if !slices.Contains(c.projects, p.Name) {
					wantKind(t, err, survey.NotFound)
					continue
				}
				w.Must(err)
				if diff := cmp.Diff(p, got); diff != "" {
					t.Errorf("%s, %s (-want +got):\n%s", c.name, p.Name, diff)
				}
				if !c.scope.Holds(got) {
					t.Errorf("%s: the store shows %s, survey.Scope.Holds does not", c.name, p.Name)
				}
			}
		}
	})
}

func TestScopeOfPlaces(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		first := []string{"晨光区", "梧桐街道", "东里社区", "西里社区"}
		other := []string{"星河区", "湖滨街道", "湖心社区"}
		for _, c := range []struct {
			name   string
			scope  survey.Scope
			places []string
			firms  int
		}{
			{"nothing", survey.Scope{}, nil, 0},
			{"city", survey.CityScope(), append(slices.Clone(first), other...), 1},
			{"district", w.District.Scope, first, 1},
			{"another district", w.Stranger.Scope, other, 1},
			{"subdistrict", w.Subdistrict.Scope, first, 1},
			{"community", w.Community.Scope, first[:3], 1},
			{"company", survey.Scope{Company: w.Project.Company.ID}, append(slices.Clone(first), other...), 1},
			{"another company", survey.Scope{Company: 99}, nil, 0},
		} {
			places, err := w.Store.Places(w.Ctx(), c.scope)
			w.Must(err)
			var names []string
			for _, p := range places {
				names = append(names, p.Name())
			}
			if diff := cmp.Diff(c.places, names); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
			firms, err := w.Store.Companies(w.Ctx(), c.scope)
			w.Must(err)
			if len(firms) != c.firms {
				t.Errorf("%s sees %d companies, want %d", c.name, len(firms), c.firms)
			}
		}
	})
}

// What hangs on a campaign is seen by who sees the campaign, and of it only
// the projects in scope.
func TestScopeOfCampaign(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.Saved(w.Answer(1))
		w.SealCampaign()
		for _, c := range scopes(w) {
			enrolled := slices.DeleteFunc(slices.Clone(c.projects), func(n string) bool { return n == w.Foreign.Name })
			campaigns, err := w.Store.Campaigns(w.Ctx(), c.scope)
			w.Must(err)
			_, one := w.Store.Campaign(w.Ctx(), c.scope, w.Campaign.ID)
			rows, listErr := w.Store.Enrolments(w.Ctx(), c.scope, w.Campaign.ID)
			posters, posterErr := w.Store.Posters(w.Ctx(), c.scope, w.Campaign.ID)
			if len(enrolled) == 0 {
				if len(campaigns) != 0 {
					t.Errorf("%s sees %d campaigns", c.name, len(campaigns))
				}
				_, needs := w.Store.SealNeeds(w.Ctx(), c.scope, w.Campaign.ID)
				_, approvals := w.Store.Approvals(w.Ctx(), c.scope, w.Campaign.ID)
				_, proposals := w.Store.Proposals(w.Ctx(), c.scope, w.Campaign.ID)
				_, held := w.Store.Held(w.Ctx(), c.scope, w.Campaign.ID, w.Project.ID)
				_, snapshot := w.Store.Snapshot(w.Ctx(), c.scope, w.Campaign.ID)
				for _, err := range []error{one, listErr, posterErr, needs, approvals, proposals, held, snapshot} {
					wantKind(t, err, survey.NotFound)
				}
			} else {
				w.Must(one)
				w.Must(listErr)
				w.Must(posterErr)
			}
			var names, at []string
			for _, e := range rows {
				names = append(names, e.Project.Name)
			}
			for _, p := range posters {
				if !slices.Contains(at, p.Project.Name) {
					at = append(at, p.Project.Name)
				}
			}
			if len(enrolled) == 0 {
				enrolled = nil
			}
			if diff := cmp.Diff(enrolled, names); diff != "" {
				t.Errorf("%s, enrolments (-want +got):\n%s", c.name, diff)
			}
			if diff := cmp.Diff(enrolled, at); diff != "" {
				t.Errorf("%s, posters (-want +got):\n%s", c.name, diff)
			}
			for _, p := range []survey.Project{w.Project, w.Sibling} {
				_, _, err := w.Store.Enrolment(w.Ctx(), c.scope, w.Campaign.ID, p.ID)
				_, _, sealed := w.Store.Sealed(w.Ctx(), c.scope, w.Campaign.ID, p.ID)
				if slices.Contains(enrolled, p.Name) {
					w.Must(err)
					w.Must(sealed)
				} else {
					wantKind(t, err, survey.NotFound)
					wantKind(t, sealed, survey.NotFound)
				}
			}
		}
	})
}

// Only who manages a campaign changes it: the foreign do not see it, the
// communities may not.
func TestWhoMayChangeACampaign(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		c := w.Draft(nil)
		for _, who := range []struct {
			actor survey.Actor
			want  survey.Kind
		}{
			{w.Stranger, survey.NotFound}, {w.Community, survey.Forbidden}, {w.Subdistrict, survey.Forbidden}, {survey.Actor{}, survey.NotFound},
		} {
			_, change := w.Store.ChangeCampaign(w.Ctx(), who.actor, c.ID, func(*survey.Campaign) error { return nil })
			_, open := w.Store.OpenCampaign(w.Ctx(), who.actor, c.ID, modeltest.Reason)
			_, end := w.Store.CloseCampaign(w.Ctx(), who.actor, w.Campaign.ID, modeltest.Reason)
			_, _, reopen := w.Store.ReopenCampaign(w.Ctx(), who.actor, w.Campaign.ID, w.Campaign.Closes, modeltest.Reason)
			_, _, seal := w.Store.SealCampaign(w.Ctx(), who.actor, w.Campaign.ID, modeltest.Reason, true)
			_, propose := w.Store.Propose(w.Ctx(), who.actor, w.Campaign.ID, w.Project.ID, []int64{1}, true, modeltest.Reason)
			for _, err := range []error{
				change, open, end, reopen, seal, propose,
				w.Store.Enrol(w.Ctx(), who.actor, c.ID, nil),
				w.Store.RemoveCampaign(w.Ctx(), who.actor, c.ID),
				w.Store.WithdrawApproval(w.Ctx(), who.actor, w.Campaign.ID, survey.ApproveSeal),
			} {
				wantKind(t, err, who.want)
			}
		}
		for _, owner := range []survey.ID{0, w.Foreign.Place.District} {
			foreign := c
			foreign.Owner = owner
			_, err := w.Store.AddCampaign(w.Ctx(), w.District, foreign)
			wantKind(t, err, survey.Forbidden)
		}
		nowhere := c
		nowhere.Owner = 99
		_, err := w.Store.AddCampaign(w.Ctx(), w.City, nowhere)
		wantKind(t, err, survey.NotFound)
	})
}

func TestProjectFilter(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for _, c := range []struct {
			name   string
			filter survey.ProjectFilter
			want   []string
			count  int
		}{
			{"part of a name", survey.ProjectFilter{Search: "光花"}, []string{"晨光花园"}, 1},
			{"spaces do not matter", survey.ProjectFilter{Search: " 晨光 花园 "}, []string{"晨光花园"}, 1},
			{"part of a register number", survey.ProjectFilter{Search: "g-00"}, []string{"晨光花园"}, 1},
			{"a wildcard is a letter", survey.ProjectFilter{Search: "%"}, nil, 0},
			{"another one too", survey.ProjectFilter{Search: "_"}, nil, 0},
			{"district", survey.ProjectFilter{District: w.Foreign.Place.District}, []string{"湖畔居"}, 1},
			{"subdistrict", survey.ProjectFilter{Subdistrict: w.Foreign.Place.Subdistrict}, []string{"湖畔居"}, 1},
			{"community", survey.ProjectFilter{Community: w.Sibling.Place.Community}, []string{"银杏里"}, 1},
			{"a page", survey.ProjectFilter{Offset: 1, Limit: 2}, []string{"紫藤苑", "银杏里"}, 4},
			{"from an offset on", survey.ProjectFilter{Offset: 3}, []string{"湖畔居"}, 4},
			{"beyond the end", survey.ProjectFilter{Offset: 9, Limit: 2}, nil, 4},
		} {
			list, count, err := w.Store.Projects(w.Ctx(), survey.CityScope(), c.filter)
			w.Must(err)
			var names []string
			for _, p := range list {
				names = append(names, p.Name)
			}
			if diff := cmp.Diff(c.want, names); diff != "" || count != c.count {
				t.Errorf("%s: %d in all, want %d (-want +got):\n%s", c.name, count, c.count, diff)
			}
		}
		_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: []roster.Row{{
			Number: 2, District: "晨光区", Subdistrict: "梧桐街道", Community: "东里社区", Project: "五%_\\小区", ProjectHomes: survey.Homes{Households: 9},
		}}}, roster.Apply{Apply: true, Strict: true})
		w.Must(err)
		for _, search := range []string{"%", "_", `\`, "五%"} {
			list, count, err := w.Store.Projects(w.Ctx(), survey.CityScope(), survey.ProjectFilter{Search: search})
			w.Must(err)
			if count != 1 || list[0].Households != 9 {
				t.Errorf("searching for %s finds %d projects, want the one with it in its name", search, count)
			}
		}
		list, _, err := w.Store.Projects(w.Ctx(), survey.CityScope(), survey.ProjectFilter{Limit: 1})
		w.Must(err)
		if list[0].BuildingCount != 4 || list[0].Buildings != nil || list[0].Area.Community != "东里社区" || list[0].Company.Name == "" {
			t.Errorf("a listed project is %+v", list[0])
		}
	})
}
