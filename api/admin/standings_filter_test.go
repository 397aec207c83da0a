package admin_test

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Whoever may not see results cannot find them out by choosing: each choice
// leaves every project, and the sums are those of all.
func TestStandingsFilterLeaksNothing(t *testing.T) {
	s := newSite(t)
	s.answers(35, 7)
	for _, role := range []struct {
		name   string
		person *person
		sees   bool
	}{
		{"community", s.signIn(s.Community), false}, {"subdistrict", s.signIn(s.Subdistrict), false},
		{"auditor", s.signIn(s.Auditor), false}, {"district", s.signIn(s.District), true},
	} {
		projects := func(query string) []string { return projectsIn(role.person.get(s.path("/standings" + query)).Body) }
		all := projects("")
		differs := false
		for _, query := range []string{
			"light=high", "light=middle", "light=low", "light=small", "light=none", "item=MET_CLEAR", "item=NOT_ASSESSABLE",
			"veto=UNDETERMINED", "veto=VETO_CLEAR", "adequacy=FULL", "adequacy=INADEQUATE", "borderline=1",
		} {
			differs = differs || !slices.Equal(projects("?"+query), all)
			if !role.sees && !slices.Equal(projects("?"+query), all) {
				t.Errorf("%s finds out by %s: %v of %v", role.name, query, projects("?"+query), all)
			}
		}
		if role.sees && !differs {
			t.Errorf("no filter chooses anything for the %s", role.name)
		}
	}
}

var (
	projectLink = regexp.MustCompile(`<th scope="row"><a href="([^"]*/standings/[^"]*)">([^<]+)</a>`)
	anyLink     = regexp.MustCompile(`href="([^"#]+)"`)
)

func projectsIn(body string) []string {
	var names []string
	for _, m := range projectLink.FindAllStringSubmatch(body, -1) {
		names = append(names, m[2])
	}
	slices.Sort(names)
	return names
}

// Every link of a filtered list that stays with the campaign's results keeps
// the filter, but for what it is there to change.
func TestStandingsFilterSurvives(t *testing.T) {
	s := newSite(t)
	s.answers(35, 7)
	p := s.signIn(s.District)
	here := s.path("/standings")
	body := p.get(here + "?q=" + url.QueryEscape("园") + "&light=small&sort=name").Body
	followed := 0
	for _, m := range anyLink.FindAllStringSubmatch(body, -1) {
		link := html.UnescapeString(m[1])
		to, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		if link == "?" || !strings.HasPrefix(link, "?") && !strings.HasPrefix(to.Path, here) {
			continue
		}
		followed++
		kept := 0
		for key, value := range map[string]string{"q": "园", "light": "small", "sort": "name"} {
			if strings.TrimPrefix(to.Query().Get(key), "-") == value {
				kept++
			}
		}
		if kept < 2 { // each changes one thing at most
			t.Errorf("%s loses the filter", link)
		}
		if strings.HasPrefix(link, "?") {
			link = here + link
		}
		if r := p.get(link); r.Status != 200 {
			t.Errorf("%s: %d", link, r.Status)
		}
	}
	if followed < 10 {
		t.Errorf("only %d links lead on", followed)
	}
}
