package resident_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

// A receipt's page tells nothing by its length or its time: counted, held,
// excluded, feedback, changed, withdrawn, unknown and mistyped are alike.
func TestReceiptsAreAlike(t *testing.T) {
	w := modeltest.Empty(t)
	w.Campaign = w.OpenCampaign(w.Draft(func(c *survey.Campaign) { c.Feedback = true }))
	w.Poster = w.PosterOf(w.Campaign, w.Project.Buildings[0])
	s := siteOf(t, w, nil)
	path := "/s/" + s.Poster.Code
	feedback := url.Values{"key": {"key-of-a-passer-by-1"}, "lane": {"open"}, "S1": {"TENANT"}, "S2": {"Y"}, "Q1": {"1"}}
	counted, phone := s.answered(0)
	apart := s.post(path, feedback, "Cookie", "mh_device=device-number-one").receipt()
	small := s.PosterOf(s.Campaign, s.Project.Buildings[2]) // 3号楼 with 4号楼: 11 homes
	var last []string
	for i := range 13 {
		v := with(with(form(0), "key", fmt.Sprintf("key-of-household-%04d", i)), "room", fmt.Sprint(101+i))
		last = append(last, s.post("/s/"+small.Code, v).receipt())
	}
	held, err := s.Store.Held(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	proposal, err := s.Store.Propose(s.Ctx(), s.District, s.Campaign.ID, s.Project.ID, []int64{held[0].ID}, false, modeltest.Reason)
	s.Must(err)
	s.Must(s.Store.Decide(s.Ctx(), s.Colleague, proposal.ID, true))
	_, other := s.answered(1)
	unknown := modeltest.New(t)
	for _, language := range []string{"zh", "en"} {
		first := 0
		look := func(state, receipt string, status int, want string) {
			t.Helper()
			start := time.Now()
			a := s.get("/r/"+receipt+"?lang="+language, "Accept-Encoding", "br, gzip", "Cookie", phone).is(status)
			took := time.Since(start)
			if language == "zh" && !strings.Contains(a.body, want) {
				t.Errorf("%s is not told so", state)
			}
			if first == 0 {
				first = len(a.body)
			}
			if len(a.body) != first || a.header.Get("Content-Length") != fmt.Sprint(first) || a.header.Get("Content-Encoding") != "" {
				t.Errorf("%s in %s: %d bytes, not %d, %s %s", state, language, len(a.body), first, a.header.Get("Content-Length"), a.header.Get("Content-Encoding"))
			}
			if took < 60*time.Millisecond {
				t.Errorf("%s in %s: answered after %s", state, language, took)
			}
			if strings.Contains(a.body, "/again") || strings.Contains(a.body, "重新作答") {
				t.Errorf("%s speaks of changes", state)
			}
		}
		look("counted", counted, http.StatusOK, "已计入")
		look("feedback", apart, http.StatusOK, "已作为意见收到")
		look("excluded or held", last[11], http.StatusOK, "")
		look("held or excluded", last[12], http.StatusOK, "")
		look("unknown", unknown.Saved(unknown.Answer(map[string]int{"zh": 0, "en": 1}[language])), http.StatusNotFound, "没有找到这张回执")
		look("mistyped", counted[:17]+"U", http.StatusNotFound, "请核对回执")
		look("short", "x", http.StatusNotFound, "请核对回执")
		look("long", strings.Repeat("Q", 3000), http.StatusNotFound, "请核对回执")
	}
	before := s.get("/r/" + counted).body
	s.post(path+"/again", url.Values{"receipt": {counted}, "Q1": {"1"}}, "Cookie", phone).is(http.StatusSeeOther)
	if s.get("/r/"+counted).body != before {
		t.Error("a change shows on the receipt")
	}
	s.post(path+"/again", url.Values{"receipt": {counted}}, "Cookie", phone).is(http.StatusSeeOther)
	if s.get("/r/"+counted).body != before {
		t.Error("a withdrawal shows on the receipt")
	}
	if s.get("/r/"+counted, "Cookie", other).body != before {
		t.Error("the receipt looks otherwise on another phone")
	}
}
