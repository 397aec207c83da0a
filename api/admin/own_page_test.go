package admin_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"meihao/survey/work"
)

var backField = regexp.MustCompile(`name="back" value="([^"]+)"`)

// A form that comes back with a fault, on its page or as an error, leads to
// pages: the switch of the language returns to one that can be looked at.
func TestFaultsLeadBackToPages(t *testing.T) {
	s := newSite(t)
	s.answers(35, 7)
	held, err := s.Store.Held(s.Ctx(), s.City.Scope, s.Campaign.ID, s.Project.ID)
	s.Must(err)
	proposal, err := s.Store.Propose(s.Ctx(), s.Admin, s.Campaign.ID, s.Project.ID, []int64{held[0].ID}, true, "核实为分户居住")
	s.Must(err)
	_, err = s.Store.CloseCampaign(s.Ctx(), s.District, s.Campaign.ID, "按时结束")
	s.Must(err)
	upload, err := s.Store.AddUpload(s.Ctx(), s.Admin, "x.csv", []byte("x"))
	s.Must(err)
	job, err := s.Store.AddJob(s.Ctx(), s.Colleague, work.Job{Kind: "plan", Name: "x.csv", Argument: `{"Upload":"` + upload.String() + `"}`}, time.Time{})
	s.Must(err)
	values := strings.NewReplacer(
		":campaign", s.Campaign.ID.String(), ":project", s.Project.ID.String(), ":proposal", proposal.ID.String(),
		":upload", upload.String(), ":job", job.ID.String(), ":account", s.Admin.Account.String(), ":poster", s.Poster.Code,
	)
	p, shown := s.signIn(s.Admin), 0
	for _, row := range walk {
		method, path, _ := strings.Cut(row.route, " ")
		if method != http.MethodPost {
			continue
		}
		form := url.Values{"campaign": {s.Campaign.ID.String()}, "project": {s.Project.ID.String()}, "confirm": {"1"}}
		r := p.post(values.Replace(path), form)
		if r.Status != http.StatusConflict && r.Status != http.StatusUnprocessableEntity {
			continue
		}
		found := backField.FindStringSubmatch(r.Body)
		if found == nil {
			t.Errorf("%s: %d shows no switch of the language", row.route, r.Status)
			continue
		}
		shown++
		back := html.UnescapeString(found[1])
		if there := p.get(back); there.Status == http.StatusNotFound || there.Status == http.StatusMethodNotAllowed {
			t.Errorf("%s: %d leads back to %s, which answers %d", row.route, r.Status, back, there.Status)
		}
		p.post("/admin/language", url.Values{"language": {"zh"}, "back": {back}}).goes(t, row.route, back)
	}
	if shown < 15 {
		t.Errorf("only %d forms came back with a fault", shown)
	}
}
