package admin_test

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

var (
	island    = regexp.MustCompile(`(?s)<script type="application/json" class="chart-data">(.*?)</script>`)
	markTitle = regexp.MustCompile(`(?s)"><title>(.*?)</title></(?:rect|circle)>`)
	still     = regexp.MustCompile(`(?s)<figure class="chart-still">(.*?)</figure>`)
	tableLine = regexp.MustCompile(`(?s)<tr>.*?</tr>`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// figureText is what can be compared of a mark: its name and printed figures.
type figureText struct{ Name, Value, Text string }

// drawnAlike checks that each figure of a page says in its marks what its
// data say, and that the table has the printed figures of each.
func drawnAlike(t *testing.T, body string, figures int) {
	t.Helper()
	islands, drawn := island.FindAllStringSubmatch(body, -1), still.FindAllStringSubmatch(body, -1)
	if len(islands) != figures || len(drawn) != figures {
		t.Fatalf("%d figures with %d data, want %d", len(drawn), len(islands), figures)
	}
	lines := tableLine.FindAllString(body, -1)
	for i := range islands {
		var data struct{ Marks []figureText }
		if err := json.Unmarshal([]byte(islands[i][1]), &data); err != nil {
			t.Fatal(err)
		}
		titles := markTitle.FindAllStringSubmatch(drawn[i][1], -1)
		if len(titles) != len(data.Marks) || len(titles) == 0 {
			t.Fatalf("figure %d has %d marks, its data %d", i, len(titles), len(data.Marks))
		}
		for j, m := range data.Marks {
			if text := html.UnescapeString(titles[j][1]); text != m.Text {
				t.Errorf("a mark says %q, its data %q", text, m.Text)
			}
			if !lineHas(lines, m) {
				t.Errorf("no line of a table has %+v", m)
			}
		}
	}
}

var printed = regexp.MustCompile(`[0-9,.]+%|[0-9,]+/[0-9,]+|[+−][0-9.]+`)

// lineHas says whether one line holds a mark's name and all printed figures.
func lineHas(lines []string, m figureText) bool {
	want := append(printed.FindAllString(m.Text, -1), m.Name, m.Value)
	for _, line := range lines {
		text, all := html.UnescapeString(tag.ReplaceAllString(line, " ")), true
		for _, part := range want {
			all = all && strings.Contains(text, part)
		}
		if all {
			return true
		}
	}
	return false
}

// Figures, tables and data say the same, to each what the role may see: the
// days to all, rates before closing to district and city only.
func TestChartsSayTheSame(t *testing.T) {
	s := newSite(t)
	s.answers(21, 7)
	for _, one := range []survey.Actor{s.District, s.City, s.Admin} {
		r := s.signIn(one).get(s.path("/charts"))
		r.expect(t, "charts as "+one.Username, 200, "晨光花园：满意率", "21/25", "84.0%", "28 份")
		drawnAlike(t, r.Body, 3)
	}
	for _, one := range []survey.Actor{s.Subdistrict, s.Community, s.Auditor} {
		r := s.signIn(one).get(s.path("/charts"))
		r.expect(t, "charts as "+one.Username, 200, "28 份", "!84.0%", "!21/25", "!晨光花园：")
		drawnAlike(t, r.Body, 1)
	}
	district := s.signIn(s.District)
	district.get(s.path("/charts?q=没有")).expect(t, "a filter that leaves nothing", 200, "没有符合条件的小区", "!<figure")
	r := district.get(s.path("/charts?q=晨光&end=bottom"))
	r.expect(t, "a filter that narrows", 200, "28 份", "晨光花园：满意率")
	drawnAlike(t, r.Body, 3)
}

// Without a second campaign there is nothing to compare; with one, each side
// shows what its reader may see of it.
func TestCompareCampaigns(t *testing.T) {
	s := newSite(t)
	s.across(62)
	district := s.signIn(s.District)
	district.get(s.path("/compare")).expect(t, "one campaign", 200, "还没有可以比较的另一次调查", "!<figure")
	s.CloseCampaign()
	first := s.Campaign
	s.Clock.Add(48 * time.Hour)
	s.Campaign = s.OpenCampaign(s.Draft(nil))
	with := "?with=" + first.ID.String()
	community := s.signIn(s.Community)
	community.get(s.path("/compare"+with)).expect(t, "the community while it runs", 200, "不能比较", "这次：结束后才能看")
	s.across(40)
	r := district.get(s.path("/compare" + with))
	r.expect(t, "the district", 200, "62/68", "40/65", "−29.6", "下降", "有一次调查还没有结束")
	drawnAlike(t, r.Body, 1)
	district.get(s.path("/compare"+with+"&change=RISEN")).expect(t, "only what rose", 200, "没有符合条件的小区", "!<figure")
	district.get(s.path("/compare"+with+"&base=resident&sort=rise")).expect(t, "residents", 200, "晨光花园", "答卷比户数多")
	district.get(s.path("/compare"+with+"&change=FALLEN")).expect(t, "only what fell", 200, "晨光花园", "!紫藤苑")
	community.get(s.path("/compare"+with)).expect(t, "the community while it runs again", 200, "62/68", "!40/65", "!−29.6")
	district.get(s.path("/compare?with=4711")).expect(t, "another campaign that is not there", 404)
	district.get(s.path("/compare?with="+s.Campaign.ID.String())).expect(t, "itself", 404)
}

// What was earlier is before, from whichever campaign one looks: the page of
// the earlier one tells the same change. Its files have it in numbers, and the
// links keep the filter.
func TestCompareIsInTheOrderOfTime(t *testing.T) {
	s := newSite(t)
	s.across(40)
	s.CloseCampaign()
	first := s.Campaign
	s.Clock.Add(48 * time.Hour)
	s.Campaign = s.OpenCampaign(s.Draft(nil))
	s.across(62)
	district := s.signIn(s.District)
	narrow := "&q=" + url.QueryEscape("晨光")
	pages := map[string]string{
		"from the later":   s.path("/compare?with=" + first.ID.String()),
		"from the earlier": "/admin/campaigns/" + first.ID.String() + "/compare?with=" + s.Campaign.ID.String(),
	}
	for what, path := range pages {
		r := district.get(path + narrow)
		r.expect(t, what, 200, "+36.6", "!−36.6", "上升",
			`<dt>上次</dt><dd><a href="/admin/campaigns/`+first.ID.String()+"/standings?q=", `<dt>这次</dt><dd><a href="`+s.path("/standings?q="), "个小区可显示")
		drawnAlike(t, r.Body, 1)
		_, file := district.export(path)
		if all := strings.Join(file.table(0)[0], "|"); !strings.Contains(all, "|+36.6|+31.1|+41.7|") || strings.Contains(all, "…") {
			t.Errorf("%s: the sheet has %s", what, all)
		}
		district.get(path+"&change=FALLEN").expect(t, what+", none fell", 200, "没有符合条件的小区", "as=xlsx", "个小区可显示")
	}
}

// across saves 68 owners who live there, in the two large buildings, so many
// of them content: a full sample of the world's project.
func (s *site) across(content int) {
	s.T.Helper()
	var list []modeltest.Answer
	for i := range 68 {
		building, home := 0, i
		if i >= 40 {
			building, home = 1, i-40
		}
		a := s.AnswerAt(s.PosterOf(s.Campaign, s.Project.Buildings[building]), home)
		if i >= content {
			a = a.Rate(1)
		}
		list = append(list, a)
	}
	for _, saved := range s.Save(list...) {
		s.Must(saved.Err)
	}
}
