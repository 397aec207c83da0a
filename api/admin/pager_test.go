package admin_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

var (
	rowHeader  = regexp.MustCompile(`<th scope="row">`)
	pageAnchor = regexp.MustCompile(`<nav class="pager[^>]*>(?s:.*?)</nav>`)
	pagerHref  = regexp.MustCompile(`href="([^"]*)"`)
	pagerNow   = regexp.MustCompile(`aria-current="page"[^>]*>(\d+)<`)
)

// leagueOf parts the standings into the table of projects and what stands
// around it; a page without such a table is its first one and nothing.
func leagueOf(body string) (table, around string) {
	before, league, found := strings.Cut(body, `id="live-table"`)
	if !found {
		league, before = body, ""
	}
	table, after, _ := strings.Cut(league, "</table>")
	return table, before + after
}

// rowsOf counts the projects that have a table of their own, else the rows of
// the table of projects.
func rowsOf(body string) int {
	if cards := strings.Count(body, `class="poster-project"`); cards > 0 {
		return cards
	}
	table, _ := leagueOf(body)
	return len(rowHeader.FindAllString(table, -1))
}

// What each list of projects shows of a city, page by page.
func TestPagesOfLists(t *testing.T) {
	cities := map[int]*person{}
	for _, projects := range []int{0, 1, 50, 51, 120} {
		_, cities[projects] = newCitySite(t, projects)
	}
	for _, test := range []struct {
		projects int
		page     string
		rows     int
		text     string // which rows of how many
		now      string // the page that is marked, "" without a pager
	}{
		{0, "", 0, "", ""},
		{0, "7", 0, "", ""},
		{1, "", 1, "第 1–1 项，共 1 项", ""},
		{50, "", 50, "第 1–50 项，共 50 项", ""},
		{50, "2", 50, "第 1–50 项，共 50 项", ""},
		{51, "", 50, "第 1–50 项，共 51 项", "1"},
		{51, "2", 1, "第 51–51 项，共 51 项", "2"},
		{120, "2", 50, "第 51–100 项，共 120 项", "2"},
		{120, "3", 20, "第 101–120 项，共 120 项", "3"},
		{120, "4", 20, "第 101–120 项，共 120 项", "3"},
		{120, "999999999999999999999", 50, "第 1–50 项，共 120 项", "1"},
		{120, "1000000", 20, "第 101–120 项，共 120 项", "3"},
		{120, "-1", 50, "第 1–50 项，共 120 项", "1"},
		{120, "0", 50, "第 1–50 项，共 120 项", "1"},
		{120, "2;DROP", 50, "第 1–50 项，共 120 项", "1"},
	} {
		t.Run(fmt.Sprintf("%d projects, page %q", test.projects, test.page), func(t *testing.T) {
			p := cities[test.projects]
			p.T = t
			for _, path := range []string{p.path("/standings"), p.sheetsAt(""), "/admin/posters", "/admin/projects"} {
				r := p.get(path + "?page=" + url.QueryEscape(test.page))
				r.expect(t, path, 200, test.text)
				if n := rowsOf(r.Body); n != test.rows && test.projects > 0 {
					t.Errorf("%s: %d rows, want %d", path, n, test.rows)
				}
				nav := pageAnchor.FindString(r.Body)
				now := ""
				if m := pagerNow.FindStringSubmatch(nav); m != nil {
					now = m[1]
				}
				if now != test.now || (nav != "") != (test.now != "") {
					t.Errorf("%s: page %q is marked, want %q\n%s", path, now, test.now, nav)
				}
			}
		})
	}
}

// Held answers are paged over the projects that have any.
func TestHeldIsPaged(t *testing.T) {
	_, p := newCitySite(t, 300) // every third has some, but for the 100th
	p.get(p.path("/held?page=2")).expect(t, "second page", 200, "第 51–99 项，共 99 项")
	p.get(p.path("/held?q=nowhere")).expect(t, "nothing found", 200, "没有待核答卷", `value="nowhere"`)
}

// Every link of a pager keeps search, filters and the campaign, and takes
// along neither what was done nor the page.
func TestPagerKeepsTheFilters(t *testing.T) {
	c, p := newCitySite(t, 2000)
	place := c.enrolments[600].Project.District.String()
	for path, kept := range map[string]url.Values{
		p.path("/standings"): {"q": {"小区"}, "place": {place}, "light": {"middle"}},
		p.sheetsAt(""):       {"q": {"小区"}, "place": {place}},
		p.path("/held"):      {"q": {"小区"}, "place": {place}},
		"/admin/posters":     {"q": {"小区"}, "place": {place}, "campaign": {p.Campaign.ID.String()}},
		"/admin/projects":    {"q": {"小区"}, "place": {place}},
	} {
		nav := pageAnchor.FindString(p.get(path + "?page=2&done=changed&" + kept.Encode()).Body)
		links := pagerHref.FindAllStringSubmatch(nav, -1)
		if len(links) < 4 {
			t.Errorf("%s: only %d links\n%s", path, len(links), nav)
		}
		for _, link := range links {
			to, err := url.Parse(html.UnescapeString(link[1]))
			if err != nil {
				t.Fatal(err)
			}
			got := to.Query()
			got.Del("page")
			if diff := cmp.Diff(kept, got); diff != "" {
				t.Errorf("%s: a link to %s (-want +got):\n%s", path, link[1], diff)
			}
		}
	}
}

// Tiles and sums are of all that the filter leaves, whatever page is shown.
func TestSumsAreOfAllPages(t *testing.T) {
	c, p := newCitySite(t, 1200)
	first, second := p.get(p.path("/standings")), p.get(p.path("/standings?page=2"))
	first.expect(t, "first page", 200, "第 1–50 项，共 1,200 项", "1,188 / 1,200 个小区可显示", "虚构2区", "!按社区合计")
	sums := func(r reply) string {
		_, around := leagueOf(r.Body)
		return strings.Join(regexp.MustCompile(`(?s)<table.*?</table>`).FindAllString(around, -1), "")
	}
	if sums(first) != sums(second) || !strings.Contains(sums(first), "虚构2区") {
		t.Error("the sums of page 2 are not those of page 1")
	}
	if first.Body[strings.Index(first.Body, "tiles"):strings.Index(first.Body, "as-of")] != second.Body[strings.Index(second.Body, "tiles"):strings.Index(second.Body, "as-of")] {
		t.Error("the tiles of page 2 are not those of page 1")
	}
	names := func(body string) []string {
		table, _ := leagueOf(body)
		return regexp.MustCompile(`>\d+号小区<`).FindAllString(table, -1)
	}
	for _, name := range names(second.Body) {
		if slices.Contains(names(first.Body), name) {
			t.Errorf("%s stands on both pages", name)
		}
	}
	district := c.enrolments[0].Project.Place
	p.get(p.path("/standings?place="+district.District.String())).expect(t, "a district", 200,
		"共 500 项", "按街道（乡镇）合计", "按社区合计", "9号街道", "!10号街道")
	p.get(p.path("/standings?place="+district.Subdistrict.String())).expect(t, "a subdistrict", 200,
		"共 50 项", "按社区合计", "4号社区", "!5号社区")
}

// In a city the areas are offered level by level.
func TestAreasLevelByLevel(t *testing.T) {
	c, p := newCitySite(t, 1200) // 3 districts, 24 subdistricts, 120 communities
	at := c.enrolments[0].Project.Place
	for _, path := range []string{p.path("/standings"), p.sheetsAt(""), "/admin/projects", "/admin/posters"} {
		p.get(path).expect(t, path, 200, ">虚构0区</option>", ">虚构2区</option>", "!号街道</option>", "!号社区</option>", "可再选街道")
		p.get(path+"?place="+at.District.String()).expect(t, path, 200, "selected>虚构0区</option>", "0号街道</option>", "9号街道</option>",
			"!10号街道</option>", "!号社区</option>", ">虚构2区</option>")
		p.get(path+"?place="+at.Community.String()).expect(t, path, 200, "0号街道</option>", "4号社区</option>", "!5号社区</option>", "0号社区</option>")
	}
	_, few := newCitySite(t, 100)
	few.get(few.path("/standings")).expect(t, "few areas", 200, "0号街道</option>", "9号社区</option>", "!可再选街道")
}

// Search finds a part of the name or of the register number, as in the register.
func TestSearchInLists(t *testing.T) {
	_, p := newCitySite(t, 300)
	for _, path := range []string{p.path("/standings"), p.sheetsAt(""), "/admin/posters"} {
		p.get(path+"?q=+123+号小区").expect(t, path, 200, "123号小区", "共 1 项", "!124号小区", "清除筛选")
		p.get(path+"?q=r-00077").expect(t, path, 200, ">77号小区", "共 1 项", "!>78号小区")
		p.get(path+"?q=nowhere").expect(t, path, 200, "没有符合条件的小区", `value="nowhere"`)
	}
}

// A pager names the first page, the last and the neighbours, in both
// languages, and says which is shown.
func TestPagerSpeaks(t *testing.T) {
	_, p := newCitySite(t, 1000)
	path := p.sheetsAt("?page=10")
	nav := pageAnchor.FindString(p.get(path).Body)
	if got := regexp.MustCompile(`>(\d+|…)<`).FindAllStringSubmatch(nav, -1); fmt.Sprint(got) != "[[>1< 1] [>…< …] [>9< 9] [>10< 10] [>11< 11] [>…< …] [>20< 20]]" {
		t.Errorf("pages %v", got)
	}
	if want := `aria-current="page" aria-label="第 10 页"`; !strings.Contains(nav, want) || !strings.Contains(nav, `aria-label="翻页"`) {
		t.Errorf("no %s in\n%s", want, nav)
	}
	p.post("/admin/language", url.Values{"language": {"en"}, "back": {"/admin"}})
	p.get(path).expect(t, "English", 200, "451–500 of 1,000", `aria-label="Page 10"`, `aria-label="Pages"`, "!项")
}

// A draft's list is changed page by page: what a form did not show stays.
func TestEnrolmentPageByPage(t *testing.T) {
	c, p := newCitySite(t, 130)
	c.campaign.Stage = survey.Draft
	id := func(i int) string { return c.enrolments[i].Project.ID.String() }
	body := p.get(p.path("/projects?page=2")).Body
	if n := strings.Count(body, `name="shown"`); n != 50 || !strings.Contains(body, "已选 130 / 130") {
		t.Errorf("%d rows", n)
	}
	enrolled := func() []string {
		var list []string
		for _, one := range c.enrolled {
			list = append(list, one.String())
		}
		return list
	}
	page := p.path("/projects?page=2&q=小区")
	p.post(page, url.Values{"shown": {id(50), id(51), id(52)}, "project": {id(51)}}).
		goes(t, "one page", p.path("/projects?")+url.Values{"done": {"enrolled"}, "page": {"2"}, "q": {"小区"}}.Encode())
	if got := enrolled(); len(got) != 128 || slices.Contains(got, id(50)) || !slices.Contains(got, id(51)) || slices.Contains(got, id(52)) || !slices.Contains(got, id(0)) {
		t.Errorf("%d projects are enrolled", len(got))
	}
	district := c.enrolments[60].Project.Subdistrict.String()
	p.post(p.path("/projects?place="+district), url.Values{"all": {"out"}})
	if got := enrolled(); len(got) != 80 || slices.Contains(got, id(60)) || !slices.Contains(got, id(10)) || !slices.Contains(got, id(110)) {
		t.Errorf("without a subdistrict %d are enrolled, want 80", len(got))
	}
	p.post(p.path("/projects"), url.Values{"all": {"in"}})
	if got := enrolled(); len(got) != 130 || len(slices.Compact(slices.Sorted(slices.Values(got)))) != 130 {
		t.Errorf("all are %d", len(got))
	}
	p.post(p.path("/projects"), url.Values{"project": {id(7)}}).goes(t, "a form that shows nothing", p.path("?done=enrolled"))
	if diff := cmp.Diff([]string{id(7)}, enrolled()); diff != "" {
		t.Errorf("the list is replaced (-want +got):\n%s", diff)
	}
	if r := p.post(p.path("/projects"), url.Values{"shown": {"x"}}); r.Status != http.StatusNotFound {
		t.Errorf("nonsense: %d", r.Status)
	}
}
