package v1_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/rubric"
)

// look asks for an address with a token and checks the answer against the
// description: status, type, every field; and what was found once more with
// its tag. The template is the path as it is described.
func (s *site) look(d *schemas, token, template, path string) answer {
	s.T.Helper()
	a := s.call(token, http.MethodGet, path, "")
	d.check(s.T, a, http.MethodGet, template)
	if a.status != http.StatusOK {
		return a
	}
	tag := a.header.Get("ETag")
	if !strings.Contains(token, "district") { // one role's will do for what follows
		return a
	}
	if !strings.HasPrefix(tag, `W/"`) || a.header.Get("Cache-Control") != "private, no-cache" || a.header.Get("Vary") != "Authorization" {
		s.T.Errorf("%s: ETag %q, Cache-Control %q", path, tag, a.header.Get("Cache-Control"))
	}
	for _, sent := range []string{tag, `"x", ` + tag, strings.TrimPrefix(tag, "W/"), "*"} {
		again := s.call(token, http.MethodGet, path, "", "If-None-Match", sent)
		if again.status != http.StatusNotModified || again.body != "" || again.header.Get("ETag") != tag {
			s.T.Errorf("%s with If-None-Match %s: %d, %d bytes", path, sent, again.status, len(again.body))
		}
	}
	s.call(token, http.MethodGet, path, "", "If-None-Match", `W/"other"`).is(http.StatusOK)
	return a
}

// check checks an answer against the description of its address.
func (d *schemas) check(t testing.TB, a answer, method, template string) {
	t.Helper()
	what := fmt.Sprintf("%s %s: %d", method, template, a.status)
	at := "#/paths/" + strings.ReplaceAll(template, "/", "~1") + "/" + strings.ToLower(method) + "/responses"
	if _, said := d.at(at)[fmt.Sprint(a.status)]; !said {
		t.Errorf("%s is not described: %.300s", what, a.body)
		return
	}
	pointer, response := d.resolve(at + "/" + fmt.Sprint(a.status))
	headers, _ := response["headers"].(map[string]any)
	for name := range headers {
		if a.header.Get(name) == "" {
			t.Errorf("%s: no header %s", what, name)
		}
	}
	if a.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("%s: %s", what, a.header.Get("Content-Type"))
	}
	var value any
	if err := json.Unmarshal([]byte(a.body), &value); err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if w := d.wrong(pointer+"/content/application~1json/schema", value); w != "" {
		t.Errorf("%s: %s in %.1500s", what, w, a.body)
	}
}

// addresses are all that can be read, each with queries that find something
// and that are refused.
func (s *site) addresses(other survey.ID) map[string][]string {
	campaign, project := s.Campaign.ID.String(), s.Project.ID.String()
	filters := []string{"", "?q=晨光", "?q=%20", "?place=" + s.Project.Place.Subdistrict.String(), "?company=" + s.Project.Company.ID.String(), "?kind=x",
		"?place=x", "?company=%00", "?limit=1", "?limit=0", "?cursor=x", "?lang=en&limit=y"}
	lit := append(slices.Clone(filters), "?light=high", "?light=none", "?light=green")
	one := func(ids ...string) []string {
		list := []string{"/" + strings.Join(ids, "/")}
		return append(list, "/"+strings.Join(append(slices.Clone(ids[:len(ids)-1]), "ZZZZZZZZZ"), "/"), "/"+strings.Join(append(slices.Clone(ids[:len(ids)-1]), "x"), "/"))
	}
	below := func(path string, queries []string) []string {
		list := make([]string, len(queries))
		for i, q := range queries {
			list[i] = "/" + campaign + path + q
		}
		return append(list, "/ZZZZZZZZZ"+path, "/x"+path)
	}
	sheets := make([]string, len(filters))
	for i, q := range filters {
		sheets[i] = "/" + s.Campaign.Activity.String() + "/sheets" + q
	}
	return map[string][]string{
		"/projects": filters, "/results": {"", "?campaign=" + campaign, "?campaign=x", "?q=晨光", "?limit=1", "?limit=0", "?cursor=x"},
		"/campaigns": {"", "?limit=1", "?limit=x", "?cursor=x"}, "/campaigns/{id}": one(campaign),
		"/campaigns/{id}/standings": below("/standings", lit), "/campaigns/{id}/standings/{project}": one(campaign, "standings", project),
		"/campaigns/{id}/sums":             below("/sums", append(slices.Clone(lit), "?level=district", "?level=subdistrict", "?level=community", "?level=city")),
		"/campaigns/{id}/questions":        below("/questions", []string{"", "?base=resident", "?base=x", "?place=x", "?project=" + project, "?project=x", "?q=晨光"}),
		"/campaigns/{id}/days":             below("/days", []string{"", "?project=" + project, "?project=x", "?limit=1", "?limit=0", "?cursor=x"}),
		"/campaigns/{id}/comparison":       below("/comparison?with="+other.String(), []string{"", "&light=high", "&limit=1", "&cursor=x", "&place=x"}),
		"/activities":                      {"", "?limit=1", "?limit=0", "?cursor=x"},
		"/activities/{id}/sheets":          append(sheets, "/ZZZZZZZZZ/sheets", "/x/sheets"),
		"/campaigns/{id}/sheets/{project}": append(one(campaign, "sheets", project), "/"+campaign+"/sheets/"+s.Sibling.ID.String()),
	}
}

// lookAround reads everything with everybody's token.
func (s *site) lookAround(d *schemas, tokens []string, other survey.ID) {
	s.T.Helper()
	for template, paths := range s.addresses(other) {
		root, _, _ := strings.Cut(template, "/{")
		for _, path := range paths {
			for _, token := range tokens {
				s.look(d, token, "/api/v1"+template, "/api/v1"+root+path)
			}
		}
	}
}

// Every answer that can be read is what the description says, for every role
// at every stage, errors too; every field that is sent is described, and every
// field that is described is sent somewhere.
func TestEveryAnswerIsAsDescribed(t *testing.T) {
	s, d := newSite(t), readSchemas(t)
	other := s.OpenCampaign(s.Draft(func(c *survey.Campaign) { c.Name = "2025年业主满意度调查" }))
	door := s.PosterOf(s.Campaign, s.Sibling.Buildings[0])
	tokens := []string{""}
	for _, a := range []survey.Actor{s.Admin, s.City, s.District, s.Subdistrict, s.Community, s.OtherCommunity, s.Stranger, s.Company, s.Auditor} {
		tokens = append(tokens, s.token(a))
	}
	third, err := s.Store.AddAccount(s.Ctx(), s.Admin, survey.Account{Username: "third", Name: "第三方", Role: survey.ThirdParty, Scope: s.District.Scope, Language: "zh"}, "hash")
	s.Must(err)
	tokens = append(tokens, s.token(third.Actor()))

	s.Saved(s.AnswerAt(door, 0))
	s.lookAround(d, tokens, other.ID)
	for i := range 42 {
		a := s.Answer(i).Rate(1 + i%5)
		if i%6 == 0 {
			a = a.Owner()
		}
		s.Save(a)
	}
	s.lookAround(d, tokens, other.ID)
	s.mark()
	s.CloseCampaign()
	s.lookAround(d, tokens, other.ID)
	s.SealCampaign()
	s.Must(s.Store.PublishResults(s.Ctx(), s.District, s.Campaign.ID, 1))
	s.lookAround(d, tokens, other.ID)
	s.steps(d)

	var unsent []string
	seen := map[string]bool{}
	for template, methods := range described(t).Paths {
		for method := range methods {
			at := "#/paths/" + strings.ReplaceAll(template, "/", "~1") + "/" + method + "/responses"
			for status := range d.at(at) {
				pointer, response := d.resolve(at + "/" + status)
				if response["content"] != nil {
					unsent = append(unsent, d.unsent(pointer+"/content/application~1json/schema", seen)...)
				}
			}
		}
	}
	for _, field := range unsent {
		t.Errorf("%s is described and was never sent", field)
	}
}

// mark enters into a sheet what its fields tell of: two assessors who differ,
// an override, and on another sheet one whose ground has moved since.
func (s *site) mark() {
	s.T.Helper()
	activity, two, three := s.Campaign.Activity, rubric.Halves(4), rubric.Halves(6)
	for by, points := range map[survey.Actor]*rubric.Halves{s.District: &two, s.Colleague: &three} {
		s.Must(s.Store.SaveMarks(s.Ctx(), by, activity, s.Project.ID, []rubric.MarkChange{{Item: "2.3", Points: points, Note: "看过台账"}}))
	}
	for _, project := range []survey.ID{s.Project.ID, s.Sibling.ID} {
		fees := rubric.Fees{Paid: 94, Due: 100, Document: "收费台账"}
		s.Must(s.Store.SaveFees(s.Ctx(), s.District, activity, project, fees))
		s.Must(s.Store.AskOverride(s.Ctx(), s.District, activity, project, rubric.FeesItem, 4, modeltest.Reason))
		_, one, err := s.Store.Sheet(s.Ctx(), s.District.Scope, activity, project)
		s.Must(err)
		items, err := rubric.Parse(static.Rubric)
		s.Must(err)
		sheet := items.Sheet(survey.Activity{}, one.Entries, one.Figures, survey.DistrictRole)
		s.Must(s.Store.ConfirmOverride(s.Ctx(), s.Colleague, activity, project, rubric.FeesItem, sheet.Award(rubric.FeesItem).Seen()))
		if project == s.Sibling.ID {
			fees.Paid = 96
			s.Must(s.Store.SaveFees(s.Ctx(), s.District, activity, project, fees))
		}
	}
}

// steps are what changes something, once each and once refused.
func (s *site) steps(d *schemas) {
	w := s.Another()
	w.Campaign = w.Draft(nil)
	next := siteOf(s.T, w, nil)
	token := next.token(next.District)
	for _, one := range []struct{ step, body string }{
		{"open", ""}, {"open", "{}"}, {"open", "["}, {"close", `{"reason":"全部回收"}`}, {"close", "{}"},
		{"reopen", `{"reason":"漏发两栋楼","closes":"2026-10-01T00:00:00+08:00"}`}, {"reopen", `{"reason":"x"}`},
		{"seal", `{"reason":"按安排办理"}`}, {"seal", `{"what":1}`},
	} {
		for _, by := range []string{token, ""} {
			a := next.call(by, http.MethodPost, next.campaign(one.step), one.body)
			d.check(s.T, a, http.MethodPost, "/api/v1/campaigns/{id}/"+one.step)
		}
	}
	last := newSite(s.T)
	for _, text := range []string{body(0), body(0), "{}", "["} {
		a := last.call("", http.MethodPost, last.responses(), text)
		d.check(s.T, a, http.MethodPost, "/api/v1/posters/{poster}/responses")
	}
	d.check(s.T, last.call("", http.MethodPost, "/api/v1/posters/x/responses", body(1)), http.MethodPost, "/api/v1/posters/{poster}/responses")
}

// A tag stays while nothing changed, whatever the time, and moves with what is
// seen.
func TestTags(t *testing.T) {
	s := newSite(t)
	token := s.token(s.City)
	tag := func() string {
		return s.call(token, http.MethodGet, s.campaign("standings"), "").is(http.StatusOK).header.Get("ETag")
	}
	first := tag()
	s.Clock.Add(1e10)
	if tag() != first {
		t.Error("the tag moved with the clock")
	}
	s.Saved(s.Answer(0))
	if tag() == first {
		t.Error("an answer came and the tag stayed")
	}
	a := s.call("", http.MethodGet, "/api/v1/openapi.json", "", "If-None-Match", s.call("", http.MethodGet, "/api/v1/openapi.json", "").header.Get("ETag"))
	a.is(http.StatusNotModified)
}
