package admin_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"meihao/api/admin"
	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/rubric"
)

// city is a store with a running campaign over so many made-up projects, 500
// to a district, 50 to a subdistrict and 10 to a community. It answers from
// memory: what is measured and tested over it is the pages.
type city struct {
	admin.Store
	campaign   survey.Campaign
	enrolments []survey.Enrolment
	places     []survey.Place
	posters    map[survey.ID][]survey.PosterPlace
	enrolled   []survey.ID // what Enrol was last asked for
	marks      []rubric.Mark
}

// newCity puts a city before the store of a world, whose accounts it keeps.
func newCity(w *modeltest.World, projects int) *city {
	s := &city{Store: w.Store, campaign: w.Campaign, posters: map[survey.ID][]survey.PosterPlace{}}
	s.campaign.Owner, s.campaign.OwnerName, s.campaign.Enrolled = 0, "", projects
	for _, item := range []string{"2.1", "3.10", "5.5"} {
		s.marks = append(s.marks, rubric.Mark{Item: item, Party: rubric.FirstParty, Points: 2})
	}
	for i := range projects {
		place := s.place(i)
		e := survey.Enrolment{Tag: uint32(i), Tally: tallyOf(i), Claims: 1250, Refused: int64(i % 200)}
		e.Homes.Households = 1400 + i%700
		e.Owner = e.Tally.ShowBase(survey.ByRoom, survey.OwnerBase)
		e.Resident = e.Tally.ShowBase(survey.ByRoom, survey.ResidentBase)
		e.Project = survey.Project{
			ID: survey.ID(1_000_000 + i), Register: fmt.Sprintf("R-%05d", i), Name: fmt.Sprintf("%d号小区", i), Place: place,
			Company: survey.Company{ID: 9, Name: "物业九"}, Homes: e.Homes,
		}
		s.enrolments = append(s.enrolments, e)
		for b := range 4 + i%8 {
			s.posters[e.Project.ID] = append(s.posters[e.Project.ID], survey.PosterPlace{
				Code: fmt.Sprintf("%08d", i*20+b), Project: e.Project, Building: survey.Building{Name: fmt.Sprintf("%d号楼", b+1)}, Retired: b == 11,
			})
		}
	}
	return s
}

// place is where a project lies; new places join the list as they come.
func (s *city) place(i int) survey.Place {
	p := survey.Place{District: survey.ID(1 + i/500), Area: survey.Area{District: fmt.Sprintf("虚构%d区", i/500)}}
	add := func(size int) {
		if i%size == 0 {
			s.places = append(s.places, p)
		}
	}
	add(500)
	p.Subdistrict, p.Area.Subdistrict = survey.ID(1001+i/50), fmt.Sprintf("%d号街道", i/50)
	add(50)
	p.Community, p.Area.Community = survey.ID(10001+i/10), fmt.Sprintf("%d号社区", i/10)
	add(10)
	return p
}

// tallyOf has the cells that a project of a running campaign has; every third
// project has held answers, every hundredth hardly any answer.
func tallyOf(i int) survey.Tally {
	t := survey.Tally{Cells: map[survey.Cell]survey.Score{}}
	if i%100 == 99 {
		t.Cells[survey.Cell{Bases: survey.BothBases, State: survey.Counted, Lane: survey.RoomLane}] = survey.Score{Responses: 4, Answered: 4, Satisfied: 4}
		return t
	}
	for n, bases := range []survey.Bases{survey.BothBases, survey.OwnerBase, survey.ResidentBase} {
		for m, lane := range []survey.Lane{survey.RoomLane, survey.AssistedLane, survey.OpenLane} {
			answers := int64((900 >> (2 * n)) >> (3 * m))
			score := survey.Score{Responses: answers, Answered: answers * 39 / 40, Satisfied: answers * int64(380+i*7919%600) / 1000}
			t.Cells[survey.Cell{Bases: bases, State: survey.Counted, Lane: lane}] = score
		}
		if i%3 == 0 {
			t.Cells[survey.Cell{Bases: bases, State: survey.Held, Lane: survey.RoomLane}] = survey.Score{Responses: 2, Answered: 2, Satisfied: 1}
		}
	}
	return t
}

func (s *city) Campaigns(context.Context, survey.Scope) ([]survey.Campaign, error) {
	return []survey.Campaign{s.campaign}, nil
}

func (s *city) Campaign(context.Context, survey.Scope, survey.ID) (survey.Campaign, error) {
	return s.campaign, nil
}

func (s *city) Places(context.Context, survey.Scope) ([]survey.Place, error) { return s.places, nil }

func (s *city) Enrolments(context.Context, survey.Scope, survey.ID) ([]survey.Enrolment, error) {
	return s.enrolments, nil
}

func (s *city) Enrol(_ context.Context, _ survey.Actor, _ survey.ID, projects []survey.ID) error {
	s.enrolled = projects
	return nil
}

func (s *city) Projects(_ context.Context, _ survey.Scope, f survey.ProjectFilter) ([]survey.Project, int, error) {
	var found []survey.Project
	for _, e := range s.enrolments {
		p := e.Project
		if strings.Contains(p.Name, f.Search) && (f.District == 0 || p.District == f.District) &&
			(f.Subdistrict == 0 || p.Subdistrict == f.Subdistrict) && (f.Community == 0 || p.Community == f.Community) {
			found = append(found, p)
		}
	}
	if f.Limit == 0 {
		return found, len(found), nil
	}
	return found[min(f.Offset, len(found)):min(f.Offset+f.Limit, len(found))], len(found), nil
}

// Sheets of the city: the first assessor has marked three items of each.
func (s *city) Sheets(_ context.Context, _ survey.Scope, id survey.ID, f survey.ProjectFilter) (survey.Activity, []rubric.Case, error) {
	var cases []rubric.Case
	for _, e := range s.enrolments {
		p := e.Project
		if (strings.Contains(survey.NameKey(p.Name), survey.NameKey(f.Search)) || strings.EqualFold(p.Register, f.Search)) && (f.District == 0 || p.District == f.District) &&
			(f.Subdistrict == 0 || p.Subdistrict == f.Subdistrict) && (f.Community == 0 || p.Community == f.Community) {
			cases = append(cases, rubric.Case{Project: p, Entries: rubric.Entries{ID: p.ID, Activity: id, Project: p.ID, Marks: s.marks}})
		}
	}
	return survey.Activity{ID: id, Name: "创建活动"}, cases, nil
}

func (s *city) Proposals(context.Context, survey.Scope, survey.ID) ([]survey.Proposal, error) {
	var list []survey.Proposal
	for i := 0; i < len(s.enrolments); i += 300 {
		list = append(list, survey.Proposal{ID: survey.ID(i + 1), Project: s.enrolments[i].Project.ID, Count: 2, ByName: "同事"})
	}
	return list, nil
}

func (s *city) Approvals(context.Context, survey.Scope, survey.ID) ([]survey.Approval, error) {
	return nil, nil
}

func (s *city) PosterCount(context.Context, survey.Scope, survey.ID) (int, error) {
	return len(s.enrolments) * 15 / 2, nil
}

func (s *city) Posters(_ context.Context, _ survey.Scope, _ survey.ID, projects ...survey.ID) ([]survey.PosterPlace, error) {
	var all []survey.PosterPlace
	for _, p := range projects {
		all = append(all, s.posters[p]...)
	}
	if len(projects) > 0 {
		return all, nil
	}
	for _, e := range s.enrolments {
		all = append(all, s.posters[e.Project.ID]...)
	}
	return all, nil
}

// newCitySite serves a city to its administrator.
func newCitySite(t testing.TB, projects int) (*city, *person) {
	t.Helper()
	s := newSite(t)
	c := newCity(s.World, projects)
	s.handlers.Store = c
	return c, s.signIn(s.Admin)
}

// BenchmarkPages renders the pages of a city of 8,000 projects (PERFORMANCE:
// any dashboard page ≤ 150 ms with the store) and says how large they are.
func BenchmarkPages(b *testing.B) {
	_, p := newCitySite(b, 8000)
	for name, path := range map[string]string{
		"overview": "/admin", "campaign": p.path(""), "standings": p.path("/standings"), "standings-last": p.path("/standings?page=999999"),
		"standings-short": p.path("/standings?short=1"), "standings-district": p.path("/standings?place=" + survey.ID(3).String()),
		"coach": p.path("/coach"), "sheets": p.sheetsAt(""), "held": p.path("/held"), "posters": "/admin/posters", "projects": "/admin/projects",
	} {
		b.Run(name, func(b *testing.B) {
			request := httptest.NewRequest(http.MethodGet, path, nil)
			request.Header.Set("Cookie", p.cookie)
			var answer *httptest.ResponseRecorder
			b.ReportAllocs()
			for b.Loop() {
				answer = httptest.NewRecorder()
				p.engine.ServeHTTP(answer, request)
			}
			if answer.Code != http.StatusOK {
				b.Fatalf("%s: %d", path, answer.Code)
			}
			b.ReportMetric(float64(answer.Body.Len())/1000, "KB/page")
		})
	}
}
