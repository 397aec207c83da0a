package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"meihao/survey"
	"meihao/survey/work"
)

// Who walks the routes. The world's campaign is of the first district and
// enrols its three projects; stranger is the other district's.
var walkers = []string{"other", "stranger", "community", "subdistrict", "company", "auditor", "district", "admin"}

// walk says what each route answers to each walker, in their order, with an
// empty form where one is sent. The campaign is open, with 42 answers of
// which two are held. A visitor is always sent to the login.
var walk = []struct {
	route string
	want  [8]int
}{
	{"GET /admin", [8]int{200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/help", [8]int{200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/password", [8]int{200, 200, 200, 200, 200, 200, 200, 200}},
	{"POST /admin/password", [8]int{422, 422, 422, 422, 422, 422, 422, 422}},
	{"POST /admin/language", [8]int{422, 422, 422, 422, 422, 422, 422, 422}},

	{"GET /admin/projects", [8]int{200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/projects/template", [8]int{200, 200, 200, 200, 403, 403, 200, 200}},
	{"GET /admin/projects/import", [8]int{200, 200, 200, 200, 403, 403, 200, 200}},
	{"POST /admin/projects/import", [8]int{422, 422, 422, 422, 403, 403, 422, 422}},
	{"GET /admin/projects/import/:upload", [8]int{404, 404, 404, 404, 404, 404, 404, 404}}, // somebody else's
	{"POST /admin/projects/import/:upload", [8]int{404, 404, 404, 404, 404, 404, 404, 404}},
	{"GET /admin/projects/:project", [8]int{404, 404, 200, 200, 200, 200, 200, 200}},

	{"GET /admin/campaigns", [8]int{200, 200, 200, 200, 403, 200, 200, 200}},
	{"GET /admin/campaigns/new", [8]int{403, 200, 403, 403, 403, 403, 200, 200}},
	{"POST /admin/campaigns/new", [8]int{403, 422, 403, 403, 403, 403, 422, 422}},
	{"GET /admin/campaigns/:campaign", [8]int{200, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/edit", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"POST /admin/campaigns/:campaign/edit", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"GET /admin/campaigns/:campaign/projects", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"POST /admin/campaigns/:campaign/projects", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"GET /admin/campaigns/:campaign/open", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"POST /admin/campaigns/:campaign/open", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"GET /admin/campaigns/:campaign/close", [8]int{404, 404, 404, 404, 404, 404, 200, 200}},
	{"POST /admin/campaigns/:campaign/close", [8]int{404, 404, 404, 404, 404, 404, 422, 422}},
	{"GET /admin/campaigns/:campaign/reopen", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"POST /admin/campaigns/:campaign/reopen", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"GET /admin/campaigns/:campaign/remove", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"POST /admin/campaigns/:campaign/remove", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"GET /admin/campaigns/:campaign/seal", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"POST /admin/campaigns/:campaign/seal", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"POST /admin/campaigns/:campaign/withdraw", [8]int{404, 404, 404, 404, 404, 404, 404, 404}}, // nothing waits
	{"GET /admin/campaigns/:campaign/standings", [8]int{200, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/standings/:project", [8]int{404, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/held", [8]int{404, 404, 404, 404, 404, 404, 200, 200}},
	{"GET /admin/campaigns/:campaign/held/:project", [8]int{404, 404, 404, 404, 404, 404, 200, 200}},
	{"POST /admin/campaigns/:campaign/held/:project", [8]int{404, 404, 404, 404, 404, 404, 422, 422}},
	{"POST /admin/campaigns/:campaign/held/:project/:proposal", [8]int{404, 404, 404, 404, 404, 404, 303, 404}}, // withdrawn, then gone
	{"GET /admin/campaigns/:campaign/sheets", [8]int{404, 404, 404, 404, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/sheets/:project", [8]int{404, 404, 404, 404, 404, 200, 200, 200}},
	{"GET /admin/sheets", [8]int{403, 200, 403, 403, 403, 200, 200, 200}},

	{"GET /admin/coach", [8]int{303, 200, 303, 303, 403, 303, 303, 303}},
	{"GET /admin/campaigns/:campaign/coach", [8]int{200, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/coach/round", [8]int{200, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/coach/:project", [8]int{404, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/coach/:project/round", [8]int{404, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/coach/:project/reminders", [8]int{404, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/coach/:project/reminders/print", [8]int{404, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/coach/:project/reminder.svg", [8]int{404, 404, 200, 200, 404, 200, 200, 200}},

	{"GET /admin/projects/:project/edit", [8]int{404, 404, 200, 200, 404, 404, 200, 200}},
	{"POST /admin/projects/:project/edit", [8]int{404, 404, 409, 409, 404, 404, 409, 409}}, // it does not say what it saw
	{"GET /admin/campaigns/:campaign/projects/:project", [8]int{404, 404, 200, 200, 404, 200, 200, 200}},
	{"GET /admin/campaigns/:campaign/projects/:project/correct", [8]int{404, 404, 404, 404, 404, 404, 200, 200}},
	{"POST /admin/campaigns/:campaign/projects/:project/correct", [8]int{404, 404, 404, 404, 404, 404, 409, 409}},
	{"GET /admin/campaigns/:campaign/correct", [8]int{404, 404, 404, 404, 404, 404, 404, 404}}, // nothing waits
	{"POST /admin/campaigns/:campaign/correct", [8]int{404, 404, 404, 404, 404, 404, 404, 404}},

	{"GET /admin/posters", [8]int{200, 200, 200, 200, 403, 403, 200, 200}},
	{"GET /admin/posters/print", [8]int{404, 404, 200, 200, 403, 403, 200, 200}},
	{"POST /admin/posters/printed", [8]int{404, 404, 404, 404, 403, 403, 404, 404}}, // of no campaign
	{"GET /admin/posters/check", [8]int{200, 200, 200, 200, 403, 403, 200, 200}},
	{"GET /admin/posters/add", [8]int{404, 404, 200, 200, 403, 403, 200, 200}},
	{"POST /admin/posters/add", [8]int{404, 404, 404, 404, 403, 403, 404, 404}}, // of no campaign
	{"GET /admin/posters/:poster", [8]int{404, 404, 200, 200, 404, 404, 200, 200}},
	{"GET /admin/posters/:poster/qr.svg", [8]int{404, 404, 200, 200, 404, 404, 200, 200}},
	{"GET /admin/posters/:poster/qr.png", [8]int{404, 404, 200, 200, 404, 404, 200, 200}},
	{"POST /admin/posters/:poster/replace", [8]int{404, 404, 422, 422, 404, 404, 422, 422}},
	{"POST /admin/posters/:poster/retire", [8]int{404, 404, 422, 422, 404, 404, 422, 422}},
	{"GET /admin/campaigns/:campaign/poster", [8]int{404, 404, 404, 404, 404, 404, 200, 200}},
	{"POST /admin/campaigns/:campaign/poster", [8]int{404, 404, 404, 404, 404, 404, 303, 303}},
	{"GET /admin/campaigns/:campaign/emblem", [8]int{404, 404, 404, 404, 404, 404, 404, 404}}, // there is none
	{"POST /admin/campaigns/:campaign/emblem", [8]int{404, 404, 404, 404, 404, 404, 422, 422}},
	{"POST /admin/campaigns/:campaign/emblem/remove", [8]int{404, 404, 404, 404, 404, 404, 303, 303}},
	{"GET /admin/accounts", [8]int{403, 403, 403, 403, 403, 403, 403, 200}},
	{"GET /admin/accounts/new", [8]int{403, 403, 403, 403, 403, 403, 403, 200}},
	{"POST /admin/accounts/new", [8]int{403, 403, 403, 403, 403, 403, 403, 422}},
	{"POST /admin/accounts/:account/disable", [8]int{404, 404, 404, 404, 404, 404, 404, 303}},
	{"POST /admin/accounts/:account/enable", [8]int{404, 404, 404, 404, 404, 404, 404, 303}},
	{"POST /admin/accounts/:account/password", [8]int{404, 404, 404, 404, 404, 404, 404, 200}},
	{"GET /admin/events", [8]int{403, 403, 403, 403, 403, 200, 403, 200}},

	{"GET /admin/work", [8]int{200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/work/:job", [8]int{404, 404, 404, 404, 404, 404, 404, 200}}, // somebody else's
	{"POST /admin/work/:job/stop", [8]int{404, 404, 404, 404, 404, 404, 404, 303}},
	{"POST /admin/work/:job/again", [8]int{404, 404, 404, 404, 404, 404, 404, 404}},
}

// unseen are words that no page shows to a walker: other people's projects,
// and before closing the rate (35 of 40) to a community.
var unseen = map[string][]string{
	"other":       {"晨光花园", "紫藤苑", "湖畔居", "87.5%", "35/40"},
	"stranger":    {"晨光花园", "紫藤苑", "银杏里", "2026年业主满意度调查", "87.5%"},
	"community":   {"银杏里", "湖畔居", "87.5%", "35/40"},
	"subdistrict": {"湖畔居", "87.5%", "35/40"},
	"company":     {"87.5%", "35/40", "42/60"}, // nothing of a result before it is published
	"auditor":     {"87.5%", "35/40"},
	"district":    {"湖畔居", "星河区"},
}

func TestRoutes(t *testing.T) {
	s := newSite(t)
	s.answers(35, 7)
	held, err := s.Store.Held(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	if len(held) != 2 {
		t.Fatalf("%d answers are held, want 2", len(held))
	}
	proposal, err := s.Store.Propose(s.Ctx(), s.Colleague, s.Campaign.ID, s.Project.ID, []int64{held[0].ID}, true, "核实为分户居住")
	s.Must(err)
	upload, err := s.Store.AddUpload(s.Ctx(), s.City, "x.csv", []byte("x"))
	s.Must(err)
	job, err := s.Store.AddJob(s.Ctx(), s.Colleague, work.Job{Kind: "plan", Name: "x.csv", Argument: `{"Upload":"` + upload.String() + `"}`}, time.Time{})
	s.Must(err)
	values := strings.NewReplacer(
		":campaign", s.Campaign.ID.String(), ":project", s.Project.ID.String(), ":proposal", proposal.ID.String(),
		":upload", upload.String(), ":job", job.ID.String(), ":account", s.Colleague.Account.String(),
		"/reminder.svg", "/reminder.svg?group=1",
		"/posters/printed", "/posters/printed", "/posters/print", "/posters/print?campaign="+s.Campaign.ID.String()+"&project="+s.Project.ID.String(),
		"/posters/add", "/posters/add?campaign="+s.Campaign.ID.String()+"&project="+s.Project.ID.String(), ":poster", s.Poster.Code,
	)
	people := map[string]*person{
		"other": s.signIn(s.OtherCommunity), "stranger": s.signIn(s.Stranger), "community": s.signIn(s.Community),
		"subdistrict": s.signIn(s.Subdistrict), "company": s.signIn(s.Company), "auditor": s.signIn(s.Auditor),
		"district": s.signIn(s.District), "admin": s.signIn(s.Admin),
	}
	for _, row := range walk {
		method, path, _ := strings.Cut(row.route, " ")
		path = values.Replace(path)
		visitor := s.visitor()
		if r := visitor.send(method, path, emptyForm(method)); r.Status != 303 || !strings.HasPrefix(r.To, "/admin/login") {
			t.Errorf("%s as visitor: %d to %q", row.route, r.Status, r.To)
		}
		for i, name := range walkers {
			p := people[name]
			var r reply
			if method == http.MethodPost {
				r = p.post(path, nil)
			} else {
				r = p.get(path)
			}
			what := row.route + " as " + name
			r.expect(t, what, row.want[i])
			for _, word := range unseen[name] {
				r.expect(t, what, row.want[i], "!"+word)
			}
			if r.Status == http.StatusNotFound {
				r.expect(t, what, r.Status, "没有找到")
			}
		}
	}
	people["district"].get(s.path("/standings")).expect(t, "standings as district", 200, "87.5%", "35/40", "晨光花园")
	people["community"].get(s.path("/standings")).expect(t, "standings as community", 200, "42/60", "晨光花园", "结束后可见")
}

// The walk knows every route there is, and no other.
func TestWalkIsComplete(t *testing.T) {
	s := newSite(t)
	listed := map[string]bool{}
	for _, row := range walk {
		listed[row.route] = true
	}
	for _, r := range s.handlers.Routes() {
		route := r.Method + " " + r.Path
		if !listed[route] {
			t.Errorf("%s is not in the walk", route)
		}
		delete(listed, route)
		if len(survey.Permissions()[r.Action]) == 0 {
			t.Errorf("%s needs %q, which nobody may do", route, r.Action)
		}
	}
	for route := range listed {
		t.Errorf("%s is in the walk and does not exist", route)
	}
}

func emptyForm(method string) url.Values {
	if method == http.MethodPost {
		return url.Values{}
	}
	return nil
}
