package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meihao/survey"
)

// Whatever staff try to change that is not their role's or not theirs is
// refused with a reason, changes nothing and is recorded with who, what and why.
func TestWrongRoleIsRefusedAndRecorded(t *testing.T) {
	s := newSite(t)
	s.handlers.Refusals.Most = 1 << 20
	paths := s.paths()
	people := map[string]*person{
		"community": s.signIn(s.Community), "company": s.signIn(s.Company), "auditor": s.signIn(s.Auditor), "stranger": s.signIn(s.Stranger),
		"third": s.signIn(s.staff("third", survey.ThirdParty, survey.Scope{District: s.Project.Place.District})),
	}
	tried := 0
	for _, row := range walk {
		method, path, _ := strings.Cut(row.route, " ")
		if method != http.MethodPost || row.route == "POST /admin/logout" {
			continue
		}
		before := s.Digest()
		for i, name := range walkers {
			p, want := people[name], row.want[i]
			if p == nil || want != http.StatusForbidden && want != http.StatusNotFound {
				continue
			}
			was := s.refusals()
			r := p.post(paths.Replace(path), nil)
			what := row.route + " as " + name
			if r.Status != want {
				t.Errorf("%s: %d, want %d", what, r.Status, want)
			}
			if want == http.StatusForbidden && !strings.Contains(r.Body, "没有权限") && !strings.Contains(r.Body, "可以做的有") {
				t.Errorf("%s: the page does not say who may", what)
			}
			if n := s.refusals(); n != was+1 {
				t.Errorf("%s: %d refusals recorded, want 1", what, n-was)
			}
			tried++
		}
		if s.Digest() != before {
			t.Errorf("%s: an attempt that was refused changed something", row.route)
		}
	}
	if tried < 300 {
		t.Errorf("only %d attempts", tried)
	}
	last := s.lastEvents(1)[0]
	if !strings.HasPrefix(last.Action, "refused.") || last.Username == "" || !strings.Contains(last.Detail, `"route":"POST /admin/`) {
		t.Errorf("recorded as %+v", last)
	}
	s.signIn(s.Admin).get("/admin/events").expect(t, "events", 200, "被拒绝：")
}

// What is not due is refused with the reason, on the page that asked, and
// recorded as well.
func TestWrongTimeIsRefusedAndRecorded(t *testing.T) {
	s := newSite(t)
	s.answers(35, 0)
	s.CloseCampaign()
	s.SealCampaign()
	activities, err := s.Store.Activities(s.Ctx())
	s.Must(err)
	activity := activities[0]
	s.Clock.Add(time.Minute)
	_, err = s.Store.EndActivity(s.Ctx(), s.City, activity.ID, "本年度工作已全部完成")
	s.Must(err)
	s.Clock.Add(time.Minute)
	at, sheet := "/admin/activities/"+activity.ID.String(), "/admin/sheets/"+activity.ID.String()+"/"+s.Project.ID.String()
	district, city, community := s.signIn(s.District), s.signIn(s.City), s.signIn(s.Community)
	before := s.Digest()
	for _, one := range []struct {
		by   *person
		path string
		form map[string][]string
	}{
		{city, at + "/end", map[string][]string{"reason": {"再结束一次试试"}}},
		{district, at + "/tasks", map[string][]string{"title": {"报送名单"}, "due": {"2026-09-01"}, "owner": {s.Project.Place.District.String()}}},
		{district, at + "/districts/" + s.Project.Place.District.String(), map[string][]string{"mode": {"whole"}, "cap": {"10"}}},
		{community, at + "/applications/" + s.Project.ID.String() + "/apply", map[string][]string{"statement": {"基础较好，居民积极"}}},
		{district, sheet + "/marks", map[string][]string{"points-2.1": {"1"}, "note-2.1": {"查看台账"}}},
		{district, sheet + "/items/6.2/veto", map[string][]string{"state": {"NO"}, "document": {"核查意见"}}},
		{district, sheet + "/items/3.2/fees", map[string][]string{"due": {"100"}, "paid": {"96"}, "document": {"台账"}}},
	} {
		was := s.refusals()
		one.by.post(one.path, one.form).expect(t, one.path, http.StatusConflict, "已于")
		if n := s.refusals(); n != was+1 {
			t.Errorf("%s: %d refusals recorded, want 1", one.path, n-was)
		}
	}
	if s.Digest() != before {
		t.Error("what was refused changed something")
	}
}

// A flood of refused attempts does not fill the record, and what was typed in
// addresses does not come into it.
func TestRefusalsAreBounded(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	for range 40 {
		p.post("/admin/campaigns/%E5%BC%A0%E4%B8%89/close", nil)
	}
	list := s.lastEvents(40)
	n := 0
	for _, e := range list {
		if strings.HasPrefix(e.Action, "refused.") {
			n++
			if e.Object != "campaign" {
				t.Fatalf("recorded as %+v", e)
			}
		}
	}
	if n != 30 || !strings.Contains(list[0].Detail, `"last":true`) {
		t.Errorf("%d refusals recorded, the last as %s", n, list[0].Detail)
	}
	s.Clock.Add(time.Hour)
	p.post("/admin/campaigns/x/close", nil)
	if last := s.lastEvents(1)[0]; !strings.HasPrefix(last.Action, "refused.") || strings.Contains(last.Detail, "last") {
		t.Errorf("an hour later: %+v", last)
	}
}

func (s *site) lastEvents(n int) []survey.Event {
	s.T.Helper()
	list, err := s.Store.Events(s.Ctx(), 0, n)
	s.Must(err)
	return list
}

// refusals are how many attempts were recorded as refused.
func (s *site) refusals() (n int) {
	s.T.Helper()
	for _, e := range s.lastEvents(1 << 20) {
		if strings.HasPrefix(e.Action, "refused.") {
			n++
		}
	}
	return n
}
