package v1_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"meihao/api/v1"
	"meihao/model/modeltest"
	"meihao/survey"
)

func (s *site) campaign(step string) string {
	return "/api/v1/campaigns/" + s.Campaign.ID.String() + "/" + step
}

func TestWithoutATokenNothingIsSaid(t *testing.T) {
	s := newSite(t)
	expired := "mh_expired-token"
	for _, path := range []string{"/api/v1/campaigns", s.campaign("standings"), s.campaign("sheets/" + s.Project.ID.String())} {
		for _, token := range []string{"", "mh_", "mh_nobody", expired, strings.Repeat("mh_", 4000)} {
			a := s.call(token, http.MethodGet, path, "").fails(http.StatusUnauthorized, "unauthorized")
			if a.header.Get("WWW-Authenticate") == "" {
				t.Error("no WWW-Authenticate")
			}
			a.not("晨光")
		}
		s.call("", http.MethodGet, path, "", "Authorization", "Basic bWhfOm1oXw==").fails(http.StatusUnauthorized, "unauthorized")
	}
	for _, step := range []string{"open", "close", "seal", "reopen"} {
		s.call("", http.MethodPost, s.campaign(step), `{"reason":"按安排办理"}`).fails(http.StatusUnauthorized, "unauthorized")
	}
	token := s.token(s.City)
	s.call(token, http.MethodGet, "/api/v1/campaigns", "").is(http.StatusOK)
	s.Clock.Add(366 * 24 * time.Hour)
	s.call(token, http.MethodGet, "/api/v1/campaigns", "").fails(http.StatusUnauthorized, "unauthorized")
}

// TestRolesRoutesScopes walks every route behind a token with every role.
func TestRolesRoutesScopes(t *testing.T) {
	s := newSite(t)
	s.SealCampaign()
	const ok, gone, no = http.StatusOK, http.StatusNotFound, http.StatusForbidden
	const late = http.StatusConflict // allowed, but the campaign is sealed
	list, standings, sheet := "campaigns", "standings", "sheets/"+s.Project.ID.String()
	for _, one := range []struct {
		who                                           survey.Actor
		list, standings, sheet, manage, seal, foreign int
	}{
		{s.Admin, ok, ok, ok, late, late, gone},
		{s.City, ok, ok, ok, late, late, gone},
		{s.District, ok, ok, ok, late, late, gone},
		{s.Stranger, ok, gone, gone, gone, gone, gone},
		{s.Subdistrict, ok, ok, ok, no, no, gone},
		{s.Community, ok, ok, ok, no, no, gone},
		{s.Auditor, ok, ok, ok, no, no, gone},
	} {
		t.Run(one.who.Username, func(t *testing.T) {
			s := s.on(t)
			token := s.token(one.who)
			a := s.call(token, http.MethodGet, "/api/v1/"+list, "").is(one.list)
			if one.standings == gone {
				a.not(s.Campaign.ID.String())
			} else {
				a.is(ok, s.Campaign.ID.String())
			}
			s.call(token, http.MethodGet, s.campaign(standings), "").is(one.standings).not("湖畔居")
			s.call(token, http.MethodGet, s.campaign(sheet), "").is(one.sheet)
			for _, step := range []string{"open", "close", "reopen"} {
				body := `{"reason":"按安排办理"}`
				if step == "reopen" {
					body = `{"reason":"按安排办理","closes":"2026-12-31T00:00:00+08:00"}`
				}
				s.call(token, http.MethodPost, s.campaign(step), body).is(one.manage)
			}
			s.call(token, http.MethodPost, s.campaign("seal"), `{"reason":"按安排办理"}`).is(one.seal)
			if one.sheet != no {
				s.call(token, http.MethodGet, s.campaign("sheets/"+s.Foreign.ID.String()), "").is(one.foreign)
			}
			for _, id := range []string{"000000000", "ZZZZZZZZZ", "x", "%ff", strings.Repeat("9", 300)} {
				s.call(token, http.MethodGet, "/api/v1/campaigns/"+id+"/standings", "").fails(gone, "not_found")
			}
		})
	}
	other := s.call(s.token(s.OtherCommunity), http.MethodGet, s.campaign(standings), "").is(ok, "银杏里")
	other.not("晨光花园", "紫藤苑")
}

func TestStandings(t *testing.T) {
	s := newSite(t)
	for i := range 12 {
		rate := 5
		if i == 0 {
			rate = 2
		}
		s.Saved(s.Answer(i).Rate(rate))
	}
	district, community := s.token(s.District), s.token(s.Community)
	var list v1.StandingsJSON
	s.call(district, http.MethodGet, s.campaign("standings"), "").is(http.StatusOK).read(&list)
	if len(list.Items) != 3 || list.Next != nil || list.AsOf != "2026-09-01T10:00:00+08:00" {
		t.Fatalf("%d items, next %v, as of %s", len(list.Items), list.Next, list.AsOf)
	}
	row := list.Items[0]
	if row.Project != (v1.ProjectJSON{ID: s.Project.ID.String(), Name: "晨光花园", Community: "东里社区", Subdistrict: "梧桐街道", District: "晨光区"}) {
		t.Errorf("the first project is %+v", row.Project)
	}
	if row.Turnout != (v1.TurnoutJSON{Answered: 12, Households: 60}) || row.Lanes["room"] != 12 || row.Owner.Households != 81 {
		t.Errorf("turnout %+v, lanes %v, N %d", row.Turnout, row.Lanes, row.Owner.Households)
	}
	if row.Owner.Answered == nil || *row.Owner.Answered != 10 { // in steps of five
		t.Errorf("a district sees %v", row.Owner.Answered)
	}
	s.call(community, http.MethodGet, s.campaign("standings"), "").is(http.StatusOK,
		`"turnout":{"answered":12,"households":60}`, `"hidden":"role"`, `"satisfied":null`, `"rate":null`, `"interval":null`).not(`"rate":"`, `"satisfied":1`)

	s.CloseCampaign()
	s.call(community, http.MethodGet, s.campaign("standings"), "").is(http.StatusOK,
		`"owner":{"households":81,"answered":12,"satisfied":11,"dont_know":0,"rate":"91.7%","adequacy":"INADEQUATE",`+
			`"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED","with_held":{"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED"},"interval":[0.`,
		`"held":0,"contested":false`)
}

func TestStandingsComeInPages(t *testing.T) {
	s := newSite(t)
	token := s.token(s.City)
	var names []string
	path := s.campaign("standings") + "?limit=1"
	for range 3 {
		var list v1.StandingsJSON
		s.call(token, http.MethodGet, path, "").is(http.StatusOK).read(&list)
		for _, item := range list.Items {
			names = append(names, item.Project.Name)
		}
		if list.Next == nil {
			break
		}
		path = s.campaign("standings") + "?limit=1&cursor=" + *list.Next
	}
	var whole v1.StandingsJSON
	s.call(token, http.MethodGet, s.campaign("standings"), "").read(&whole)
	var want []string
	for _, item := range whole.Items {
		want = append(want, item.Project.Name)
	}
	if fmt.Sprint(names) != fmt.Sprint(want) || len(want) != 3 {
		t.Errorf("in pages %v, whole %v", names, want)
	}
	for _, limit := range []string{"0", "-1", "x", "1001", "1e3", "99999999999999999999"} {
		s.call(token, http.MethodGet, s.campaign("standings")+"?limit="+limit, "").fails(http.StatusUnprocessableEntity, "invalid_answers", "limit")
	}
	s.call(token, http.MethodGet, s.campaign("standings")+"?cursor=nonsense", "").fails(http.StatusUnprocessableEntity, "invalid_answers", "cursor")
}

func TestTheLifeOfACampaign(t *testing.T) {
	w := modeltest.Empty(t)
	w.Campaign = w.Draft(nil)
	s := siteOf(t, w, nil)
	district, colleague := s.token(s.District), s.token(s.Colleague)
	var changed v1.ChangedJSON
	step := func(token, step, body string, status int, state string, pending bool) {
		t.Helper()
		s.call(token, http.MethodPost, s.campaign(step), body).is(status).read(&changed)
		if changed.State != state || changed.Pending != pending || changed.ID != s.Campaign.ID.String() {
			t.Errorf("after %s it is %+v", step, changed)
		}
	}
	step(district, "open", "", http.StatusOK, "open", false)
	s.call(district, http.MethodPost, s.campaign("open"), "{}").fails(http.StatusConflict, "conflict")
	s.call(district, http.MethodPost, s.campaign("seal"), `{"reason":"按安排办理"}`).fails(http.StatusConflict, "conflict")
	step(district, "close", `{"reason":"全部回收"}`, http.StatusOK, "closed", false)
	s.call(district, http.MethodPost, s.campaign("reopen"), `{"closes":"2026-10-01T00:00:00+08:00"}`).fails(http.StatusUnprocessableEntity, "invalid_answers", "reason")
	s.call(district, http.MethodPost, s.campaign("reopen"), `{"reason":"漏发两栋楼","closes":"2020-01-01T00:00:00+08:00"}`).fails(http.StatusUnprocessableEntity, "invalid_answers", "closes")
	reopen := `{"reason":"漏发两栋楼","closes":"2026-10-01T00:00:00+08:00"}`
	step(district, "reopen", reopen, http.StatusAccepted, "closed", true)
	s.call(district, http.MethodPost, s.campaign("reopen"), reopen).fails(http.StatusConflict, "conflict")
	step(colleague, "reopen", `{"reason":"漏发两栋楼"}`, http.StatusOK, "open", false)
	if changed.Closes != "2026-10-01T00:00:00+08:00" {
		t.Errorf("it closes at %s", changed.Closes)
	}
	step(district, "close", "", http.StatusOK, "closed", false)
	step(district, "seal", `{"reason":"按安排封存"}`, http.StatusOK, "sealed", false)
	s.call(district, http.MethodPost, s.campaign("reopen"), reopen).fails(http.StatusConflict, "conflict")
}

func TestStepsTakeNothingUnknown(t *testing.T) {
	s := newSite(t)
	token := s.token(s.City)
	for body, fields := range map[string][]string{
		`{"reason":5}`: {"reason"},
		`{"reason":"按安排办理","force":true}`:          {"force"},
		`{"reason":"按安排办理","list_undecided":true}`: {"list_undecided"},
		`{"reason":null,"closes":"2026-10-01"}`:    {"closes"},
		`[]`:                                       nil,
		"\xff":                                     nil,
	} {
		s.call(token, http.MethodPost, s.campaign("close"), body).fails(http.StatusUnprocessableEntity, "invalid_answers", fields...)
	}
	for body, fields := range map[string][]string{
		`{"reason":"按安排办理","list_undecided":"yes"}`: {"list_undecided"},
		`{"reason":"按安排办理","closes":"2026-10-01"}`:  {"closes"},
	} {
		s.call(token, http.MethodPost, s.campaign("seal"), body).fails(http.StatusUnprocessableEntity, "invalid_answers", fields...)
	}
	s.call(token, http.MethodPost, s.campaign("close"), strings.Repeat(" ", 1<<20)).fails(http.StatusRequestEntityTooLarge, "too_large")
	c, err := s.Store.Campaign(s.Ctx(), survey.CityScope(), s.Campaign.ID)
	s.Must(err)
	if c.Stage != survey.OpenStage {
		t.Errorf("a refused request changed the campaign: %s", c.Stage)
	}
}

func TestSealingOfUndecidedAnswersWantsTwo(t *testing.T) {
	s := newSite(t)
	small := s.PosterOf(s.Campaign, s.Project.Buildings[2]) // 3号楼 with 4号楼: 11 homes
	for i := range 12 {
		s.Saved(s.AnswerAt(small, i))
	}
	s.CloseCampaign()
	district, colleague := s.token(s.District), s.token(s.Colleague)
	s.call(district, http.MethodPost, s.campaign("seal")+"?lang=en", `{"reason":"按安排封存"}`).fails(http.StatusConflict, "conflict").is(http.StatusConflict, "1 held answer is undecided")
	listed := `{"reason":"按安排封存","list_undecided":true}`
	s.call(district, http.MethodPost, s.campaign("seal"), `{"list_undecided":true}`).fails(http.StatusUnprocessableEntity, "invalid_answers", "reason")
	s.call(district, http.MethodPost, s.campaign("seal"), listed).is(http.StatusAccepted, `"state":"closed"`, `"pending":true`)
	s.call(colleague, http.MethodPost, s.campaign("seal"), listed).is(http.StatusOK, `"state":"sealed"`, `"pending":false`)
	s.call(district, http.MethodGet, s.campaign("standings"), "").is(http.StatusOK, `"held":1`)
}

func TestSheet(t *testing.T) {
	s := newSite(t)
	for i := range 20 {
		s.Saved(s.AnswerAt(s.PosterOf(s.Campaign, s.Sibling.Buildings[0]), i))
	}
	token, path := s.token(s.District), s.campaign("sheets/"+s.Sibling.ID.String())
	var sheet v1.SheetJSON
	s.call(token, http.MethodGet, path, "").is(http.StatusOK).read(&sheet)
	if len(sheet.Items) != 32 || len(sheet.Vetoes) != 6 || *sheet.Items[0].State != "open" || sheet.Items[0].Points != nil || sheet.Complete {
		t.Errorf("before sealing: %+v", sheet)
	}
	s.SealCampaign()
	s.call(token, http.MethodGet, path, "").is(http.StatusOK,
		`{"project":"`+s.Sibling.ID.String()+`","items":[{"id":"1.1","points":10,"max":10,"state":"MET_CLEAR"},{"id":"1.2","points":null,"max":5,"state":"NOT_ASSESSABLE"}`,
		`"vetoes":[{"id":"6.1","state":"CLEARED"},{"id":"6.2","state":"open"}`, `"total":10,"complete":false,`)
	s.call(token, http.MethodGet, s.campaign("sheets/"+s.Project.ID.String()), "").is(http.StatusOK,
		`{"id":"1.1","points":null,"max":10,"state":"NOT_ASSESSABLE"}`, `{"id":"6.1","state":"UNDETERMINED"}`, `"total":0,"complete":false,`)
	auditor := s.token(survey.Actor{Account: s.City.Account, Role: survey.Auditor, Scope: survey.CityScope()})
	s.call(auditor, http.MethodGet, s.campaign("sheets/"+s.Project.ID.String()), "").is(http.StatusOK,
		`{"id":"1.1","points":null,"max":10,"state":null,"hidden":"too_few"}`, `{"id":"6.1","state":null,"hidden":"too_few"}`)
	s.call(token, http.MethodGet, s.campaign("sheets/nonsense"), "").fails(http.StatusNotFound, "not_found")
}

func TestTheLanguageOfMessages(t *testing.T) {
	s := newSite(t)
	const zh, en = "请先登录", "Sign in first"
	for _, one := range []struct{ query, header, want string }{
		{"", "", zh}, {"", "en-GB,en;q=0.9", en}, {"", "zh-CN,en;q=0.5", zh}, {"", "fr", zh}, {"", "de,en;q=0.2", en},
		{"?lang=en", "zh-CN", en}, {"?lang=zh", "en", zh}, {"?lang=xx", "en", en}, {"", "\xff;;;q=", zh},
	} {
		s.call("", http.MethodGet, "/api/v1/campaigns"+one.query, "", "Accept-Language", one.header).is(http.StatusUnauthorized, one.want)
	}
	s.call("", http.MethodGet, "/api/v1/campaigns", "", "Cookie", "lang=en").is(http.StatusUnauthorized, zh)
}

func TestUnknownAddressesAndMethods(t *testing.T) {
	s := newSite(t)
	token := s.token(s.City)
	for _, path := range []string{"/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/campaigns", s.campaign("remove")} {
		s.call(token, http.MethodGet, path, "").fails(http.StatusNotFound, "not_found")
	}
	for path, method := range map[string]string{
		"/api/v1/campaigns": http.MethodDelete, s.campaign("standings"): http.MethodPost, s.campaign("seal"): http.MethodGet, s.responses(): http.MethodGet,
	} {
		a := s.call(token, method, path, "").is(http.StatusMethodNotAllowed, `"code":`)
		if a.header.Get("Allow") == "" {
			t.Errorf("%s %s says not what is allowed", method, path)
		}
	}
}

// What was earlier is before, whichever of two campaigns the address names.
func TestAComparisonIsInTheOrderOfTime(t *testing.T) {
	s := newSite(t)
	first := s.Campaign
	s.CloseCampaign()
	s.Clock.Add(48 * time.Hour)
	later := s.OpenCampaign(s.Draft(nil))
	token := s.token(s.District)
	for _, path := range []string{
		"/" + later.ID.String() + "/comparison?with=" + first.ID.String(),
		"/" + first.ID.String() + "/comparison?with=" + later.ID.String(),
	} {
		var list v1.ComparisonJSON
		s.call(token, http.MethodGet, "/api/v1/campaigns"+path, "").is(http.StatusOK).read(&list)
		if list.Before.ID != first.ID.String() || list.After.ID != later.ID.String() || len(list.Items) != 3 {
			t.Errorf("%s: before %s, after %s, %d items", path, list.Before.ID, list.After.ID, len(list.Items))
		}
	}
}
