package admin_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// coachPaths are the coach's pages about the world's project.
func (s *site) coachPaths() []string {
	project := s.path("/coach/" + s.Project.ID.String())
	return []string{
		s.path("/coach"), s.path("/coach/round"), project, project + "/round",
		project + "/reminders", project + "/reminders/print", project + "/reminder.svg?group=1",
	}
}

// Whoever works with the project sees what is missing, in the owner base with
// the resident base beside, and no score before closing below district.
func TestCoach(t *testing.T) {
	s := newSite(t)
	s.answers(21, 7) // of 81 homes 68 are needed; the answers are of 1号楼
	for _, one := range []survey.Actor{s.Subdistrict, s.Community, s.District, s.City, s.Auditor, s.Admin} {
		p := s.signIn(one)
		p.get("/admin/coach").goes(t, one.Username, s.path("/coach"))
		p.get(s.path("/coach")).expect(t, "coach as "+one.Username, 200, "晨光花园", "28/68", "现住户 28/53", "<strong>40</strong>", "!75.0%", "!21/28")
		r := p.get(s.path("/coach/" + s.Project.ID.String()))
		r.expect(t, "project as "+one.Username, 200, "28/34", "0/26", "3号楼、4号楼", "0/10", "还没有人填", "合并计算", "!75.0%", "!21/28")
		for _, path := range s.coachPaths() {
			p.get(path).expect(t, path+" as "+one.Username, 200, "!75.0%", "!21/28", "!101")
		}
	}
	company := s.signIn(s.Company)
	for _, path := range s.coachPaths() {
		company.get(path).expect(t, path+" as company", 404, "!晨光花园")
	}
	company.get("/admin/coach").expect(t, "the way in as company", 403)
	company.get("/admin").expect(t, "company's menu", 200, "!/admin/coach")
	s.signIn(s.Community).get("/admin").expect(t, "community's menu", 200, `href="/admin/coach"`)
	s.signIn(s.Auditor).get(s.path("/coach/"+s.Project.ID.String())).expect(t, "auditor", 200, "!/admin/posters")
}

// The list begins with who lacks most, or as is asked for, and filters.
func TestCoachOrder(t *testing.T) {
	s := newSite(t)
	neighbour := s.PosterOf(s.Campaign, s.Neighbour.Buildings[0])
	for i := range 60 {
		s.Saved(s.AnswerAt(s.Poster, i))
	}
	for i := range 12 {
		s.Saved(s.AnswerAt(neighbour, i))
	}
	p := s.signIn(s.District)
	for query, order := range map[string][]string{
		"":                {"银杏里", "晨光花园", "紫藤苑"}, // 19, 7 and 0 missing
		"?order=share":    {"银杏里", "晨光花园", "紫藤苑"},
		"?order=register": {"晨光花园", "紫藤苑", "银杏里"},
		"?order=nonsense": {"银杏里", "晨光花园", "紫藤苑"},
	} {
		if body := p.get(s.path("/coach" + query)).Body; !inOrder(table(body), order...) {
			t.Errorf("%q is not in the order %v", query, order)
		}
	}
	p.get(s.path("/coach?short=1")).expect(t, "only short", 200, "银杏里", "!紫藤苑")
	p.get(s.path("/coach?q=紫藤")).expect(t, "searched", 200, "紫藤苑", "!银杏里", "已够")
	p.get(s.path("/coach?q=没有")).expect(t, "nothing", 200, "没有符合条件的小区")
	p.get(s.path("/coach?short=1&q=紫藤")).expect(t, "nothing short", 200, "没有还差的小区")
	round := p.get(s.path("/coach/round"))
	round.expect(t, "round", 200, "银杏里", "晨光花园", "!紫藤苑", "走访", "备注", "3号楼、4号楼", "上门怎么说")
	p.get(s.path("/coach/round?q=紫藤")).expect(t, "nothing to go for", 200, "今晚不用走访")
}

var tableBody = regexp.MustCompile(`(?s)<tbody>.*</tbody>`)

func table(body string) string { return tableBody.FindString(body) }

// A city's list looks at the days of the rows that are shown, and a print of
// hundreds of projects is refused with what to do.
func TestCoachOfACity(t *testing.T) {
	_, p := newCitySite(t, 400)
	r := p.get(p.path("/coach"))
	if rows := strings.Count(table(r.Body), "<tr>"); r.Status != 200 || rows != 50 {
		t.Errorf("%d with %d rows, want 50", r.Status, rows)
	}
	p.get(p.path("/coach?page=8")).expect(t, "last page", 200, "351–400")
	s := newSite(t)
	c := newCity(s.World, 400)
	for i := range c.enrolments {
		c.enrolments[i].Tally = survey.Tally{}
	}
	s.handlers.Store = c
	p = s.signIn(s.Admin)
	p.get(p.path("/coach")).expect(t, "silent city", 200, "请先按社区筛选", "!/coach/round")
	p.get(p.path("/coach/round")).expect(t, "too many", 422, "最多打印 50 个小区")
}

// Reminders have the number, a way to answer and a telephone, in the
// neighbours' language, and neither names nor scores.
func TestReminders(t *testing.T) {
	s := newSite(t)
	s.answers(13, 0)
	p := s.signIn(s.Community)
	path := s.path("/coach/" + s.Project.ID.String())
	code := s.Poster.Code
	r := p.get(path + "/reminders")
	r.expect(t, "page", 200, "1号楼还差21户", "2号楼还差26户", "3号楼、4号楼还差10户", "就达到这栋楼的目标", "就达到这几栋楼的目标", "!反映",
		"https://mh.example.cn/s/"+code, "010-12345678", "晨光区住建委", "匿名", "约2分钟", "打印全部 4 张", "打印这 2 张", "2026年9月11日 10:00")
	p.get(path+"/reminders?words=en").expect(t, "English", 200, "1号楼: 21 more homes", "this building reaches its target", "!还差21户")
	p.get(path+"/reminders?words=both").expect(t, "both", 200, "1号楼: 21 more homes", "1号楼还差21户")
	notice := p.get(path + "/reminders/print")
	notice.expect(t, "notices", 200, numbered("1号楼", "还差21户"), numbered("3号楼、4号楼", "还差10户"), `<p class="notice-own">4号楼</p>`, "mh.example.cn/s/", code[:4]+"-"+code[4:], "010-12345678")
	if n := strings.Count(notice.Body, "<article"); n != 4 || strings.Count(notice.Body, "<path ") != 4 {
		t.Errorf("%d notices for 4 buildings", n)
	}
	one := p.get(path + "/reminders/print?group=2")
	one.expect(t, "one notice", 200, numbered("2号楼", "还差26户"), "!1号楼")
	for _, query := range []string{"", "?group=0", "?group=4", "?group=x", "?building=1", "?group=1&building=2", "?group=3&building=x"} {
		p.get(path+"/reminder.svg"+query).expect(t, query, 404, "!<path")
	}
	p.get(path+"/reminder.svg?group=3").expect(t, "a picture of two buildings", 404, "!<path")
	for i := 13; i < 36; i++ {
		s.Saved(s.Answer(i))
	}
	p.get(path+"/reminders").expect(t, "enough", 200, "谢谢1号楼的邻居", "2号楼还差26户", "!1号楼还差")
	p.get(path+"/reminder.svg?group=1").expect(t, "thanks", 200, "谢谢1号楼的邻居", "仍可以填写", "!还差")
}

// The picture is a whole SVG of its own: well formed, with the code and all
// words inside, and nothing from elsewhere.
func TestReminderPicture(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	for _, words := range []string{"zh", "en", "both"} {
		r := p.get(s.path("/coach/" + s.Project.ID.String() + "/reminder.svg?group=3&building=2&words=" + words))
		if got := r.Header.Get("Content-Type"); r.Status != 200 || got != "image/svg+xml; charset=utf-8" {
			t.Errorf("%s: %d %s", words, r.Status, got)
		}
		decoder := xml.NewDecoder(strings.NewReader(r.Body))
		texts, codes := 0, 0
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s is not well formed: %v", words, err)
			}
			if e, is := token.(xml.StartElement); is {
				switch e.Name.Local {
				case "text":
					texts++
				case "path":
					codes++
				}
				for _, a := range e.Attr {
					if a.Name.Local == "href" || a.Name.Local == "style" || a.Name.Local == "onload" {
						t.Errorf("%s: %s has %s", words, e.Name.Local, a.Name.Local)
					}
				}
			}
		}
		if texts < 8 || codes != 1 {
			t.Errorf("%s has %d lines and %d codes", words, texts, codes)
		}
	}
}

var textLine = regexp.MustCompile(`font-size="(\d+)"[^>]*>([^<]*)</text>`)

// No line of a picture is wider than the picture, however long the names are
// and whatever their script.
func TestReminderPictureFits(t *testing.T) {
	s := siteOf(t, modeltest.Empty(t))
	project := s.tower(5, "原东方红大街甲八十八号院（Internationalgartenstadtwohnungsbaugenossenschaft）南侧%d号塔楼")
	s.Campaign = s.OpenCampaign(s.Draft(func(c *survey.Campaign) {
		c.Asker = strings.Repeat("晨光区住房和城乡建设委员会", 4) + strings.Repeat("x", 20)
		c.Phone = "010-" + strings.Repeat("8", 36)
	}))
	p := s.signIn(s.Community)
	seen := map[string]bool{}
	for _, words := range []string{"zh", "en", "both"} {
		r := p.get(s.path("/coach/" + project.String() + "/reminder.svg?group=1&building=5&words=" + words))
		lines := textLine.FindAllStringSubmatch(r.Body, -1)
		if r.Status != 200 || len(lines) < 12 {
			t.Fatalf("%s: %d with %d lines", words, r.Status, len(lines))
		}
		if missing := map[string]string{"zh": ">还差10户<", "en": ">10 more homes<", "both": ">还差10户<"}[words]; !strings.Contains(r.Body, missing) {
			t.Errorf("%s: the number has no line of its own", words)
		}
		for _, m := range lines {
			var size int
			_, _ = fmt.Sscan(m[1], &size)
			wide := 0.0
			for _, symbol := range html.UnescapeString(m[2]) {
				seen[string(symbol)] = true
				if symbol >= 0x2e80 {
					wide++
				} else {
					wide += 0.56
				}
			}
			if wide*float64(size) > 1080-72 {
				t.Errorf("%s: %q at %d is %.0f wide", words, m[2], size, wide*float64(size))
			}
			if strings.ContainsAny(m[2][:min(3, len(m[2]))], "，。、；：？！") {
				t.Errorf("%s: %q begins with a mark", words, m[2])
			}
		}
	}
	if !seen["塔"] || !seen["x"] || !seen["8"] {
		t.Error("a name is missing in the picture")
	}
}

// tower imports a project of small buildings, which are one building group,
// and returns its id. The pattern names a building by its number.
func (s *site) tower(buildings int, pattern string) survey.ID {
	s.T.Helper()
	rows := modeltest.Rows()
	row := rows[0]
	row.Register, row.ProjectHomes = "", survey.Homes{}
	row.Project = "首都功能核心区晨光花园西区第三期经济适用住房及配套商品房小区（原纺织厂宿舍）"
	for i := range buildings {
		row.Number, row.Building, row.Homes = len(rows)+2, fmt.Sprintf(pattern, i+1), survey.Homes{Households: 2}
		rows = append(rows, row)
	}
	plan, err := s.Store.ImportProjects(s.Ctx(), s.City, roster.File{Rows: rows}, roster.Apply{Apply: true, Strict: true})
	s.Must(err)
	if len(plan.Refused) > 0 {
		s.T.Fatalf("the register is refused: %v", plan.Refused)
	}
	list, _, err := s.Store.Projects(s.Ctx(), survey.CityScope(), survey.ProjectFilter{Search: row.Project})
	s.Must(err)
	if len(list) != 1 {
		s.T.Fatalf("%d projects are named %s", len(list), row.Project)
	}
	return list[0].ID
}

// numbered is the headline of a notice.
func numbered(where, missing string) string {
	return `<span class="notice-where">` + where + `</span><span class="notice-missing">` + missing + `</span>`
}

var noticeCode = regexp.MustCompile(`(?s)<article.*?</article>`)

// A notice leads to its own building's form and to no other's: the poster of
// a unit or of another building of the same group would let neighbours claim
// homes that are not theirs. Where there is none, the page says what to do.
func TestRemindersAreOfTheirBuilding(t *testing.T) {
	s := newSite(t)
	one, three, four := s.Project.Buildings[0], s.Project.Buildings[2], s.Project.Buildings[3]
	old := [3]string{s.Poster.Code, s.PosterOf(s.Campaign, three).Code, s.PosterOf(s.Campaign, four).Code}
	add := func(b survey.Building, unit int, place string) string {
		added, err := s.Store.AddPosters(s.Ctx(), s.Community, s.Campaign.ID, s.Project.ID, []survey.NewPoster{{Building: b.ID, Unit: unit, Place: place}})
		s.Must(err)
		return added[0].Code
	}
	unit := add(one, 2, "1号楼2单元大堂")
	garage := add(three, 0, "3号楼地下车库")
	retire := func(code string) { s.Must(s.Store.RetirePoster(s.Ctx(), s.Community, code, "破损")) }
	p := s.signIn(s.Community)
	path := s.path("/coach/" + s.Project.ID.String())
	check := func(what string, want ...string) {
		t.Helper()
		notices := noticeCode.FindAllString(p.get(path+"/reminders/print").Body, -1)
		if len(notices) != 4 {
			t.Fatalf("%s: %d notices for 4 buildings", what, len(notices))
		}
		for i, at := range []int{0, 2, 3} {
			for _, code := range []string{old[0], old[1], old[2], unit, garage} {
				if strings.Contains(notices[at], code) != (code == want[i]) {
					t.Errorf("%s: the notice of building %d has code %s: %t", what, at+1, code, code != want[i])
				}
			}
			if strings.Contains(notices[at], "<svg") != (want[i] != "") || strings.Contains(notices[at], "请扫本单元的海报") != (want[i] == "") {
				t.Errorf("%s: the notice of building %d has the wrong way to answer", what, at+1)
			}
		}
		for _, at := range []int{2, 3} {
			if !strings.Contains(notices[at], numbered("3号楼、4号楼", "还差10户")) {
				t.Errorf("%s: the notice of building %d has not its group's number", what, at+1)
			}
		}
	}
	check("the building's poster comes first", old[0], old[1], old[2])
	p.get(path+"/reminders").expect(t, "page", 200, "3号楼: https://mh.example.cn/s/"+old[1], "4号楼: https://mh.example.cn/s/"+old[2], "!没有在用的整栋楼海报", "!/admin/posters/add")
	for _, code := range old {
		retire(code)
	}
	check("the buildings' posters are retired", "", garage, "")
	at := "/admin/posters/add?campaign=" + s.Campaign.ID.String() + "&amp;project=" + s.Project.ID.String() + "&amp;building="
	p.get(path+"/reminders").expect(t, "page without posters", 200, "1号楼没有在用的整栋楼海报", "4号楼没有在用的整栋楼海报", "!3号楼没有在用",
		at+one.ID.String(), at+four.ID.String(), "!"+at+three.ID.String(), "给4号楼加一张海报", "!/s/"+unit)
	s.signIn(s.Auditor).get(path+"/reminders").expect(t, "who may not add", 200, "1号楼没有在用的整栋楼海报", "!/admin/posters/add")
	p.get(path+"/reminder.svg?group=1").expect(t, "picture without a code", 200, "!<path", "请扫本单元的海报")
	p.get(html.UnescapeString(at)+one.ID.String()).expect(t, "the way to add one", 200, `value="`+one.ID.String()+`" selected`)
	old[0] = add(one, 0, "1号楼大堂")
	check("a new one of the building", old[0], garage, "")
}

// The mark of a demonstration is on all that is printed or sent, on a server
// in demonstration as of a campaign of generated data.
func TestCoachMarksDemonstrations(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	path := s.path("/coach/" + s.Project.ID.String())
	marked := map[string]string{
		path + "/reminders/print": `<p class="notice-demo">演示`, path + "/reminder.svg?group=1": "演示", path + "/reminders": "[演示", path + "/round": "演示", s.path("/coach/round"): "演示",
	}
	for at, mark := range marked {
		p.get(at).expect(t, at, 200, "!"+mark)
	}
	s.handlers.Demo = true
	for at, mark := range marked {
		p.get(at).expect(t, at+" of a demonstration", 200, mark)
	}
}

// Who refreshes without script keeps the filter when that stops.
func TestCoachStopsRefreshing(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	p.get(s.path("/coach?q=晨光&order=share")).expect(t, "not refreshing", 200, "live=1&amp;order=share&amp;q=", "!停止")
	p.get(s.path("/coach?q=晨光&order=share&live=1")).expect(t, "refreshing", 200, `http-equiv="refresh"`, `<noscript><p><a href="?order=share&amp;q=`)
	p.get(s.path("/coach/"+s.Project.ID.String()+"?live=1")).expect(t, "a project", 200, `http-equiv="refresh"`, `<noscript><p><a href="?">`)
}

// The overview's worklist and the page to which it leads count the same
// projects, also where answers say "don't know", which are answers and no n.
func TestWorklistCountsAsTheCoach(t *testing.T) {
	s := newSite(t)
	for i := range 12 { // 紫藤苑 has 12 homes
		s.Saved(s.AnswerAt(s.PosterOf(s.Campaign, s.Neighbour.Buildings[0]), i).Rate(0))
	}
	for _, one := range []survey.Actor{s.City, s.District, s.Subdistrict, s.Community} {
		p := s.signIn(one)
		coach := shortTile.FindStringSubmatch(p.get(s.path("/coach")).Body)
		work := shortWork.FindStringSubmatch(p.get("/admin").Body)
		if coach == nil || work == nil || coach[1] != work[1] {
			t.Errorf("%s: the coach says %v, the worklist %v", one.Username, coach, work)
		}
	}
}

var (
	shortTile = regexp.MustCompile(`还差的小区</p><p class="tile-figure">(\d+)<`)
	shortWork = regexp.MustCompile(`(\d+) 个小区[^<]*</a>`)
)

// Before opening there are targets and posters, after closing neither
// forecast nor reminder.
func TestCoachAround(t *testing.T) {
	s := newSite(t)
	admin := s.signIn(s.Admin)
	draft := s.Draft(nil)
	admin.get("/admin/campaigns/"+draft.ID.String()+"/coach").expect(t, "draft", 200, "还是草稿", "0/68", "先开始调查")
	project := "/coach/" + s.Project.ID.String()
	for _, round := range []string{"/coach/round", project + "/round"} {
		admin.get("/admin/campaigns/"+draft.ID.String()+round).expect(t, "draft's round", 200, "不用走访", "!<article")
	}
	admin.get("/admin/campaigns/"+draft.ID.String()+project+"/reminders").expect(t, "draft's reminders", 200, "不用提醒", "!<textarea")
	later := s.OpenCampaign(s.Draft(func(c *survey.Campaign) { c.Opens = s.Clock.Now().Add(48 * time.Hour) }))
	path := "/admin/campaigns/" + later.ID.String() + project
	admin.get(path).expect(t, "waiting", 200, "待开始", "先把海报贴好", "2026年9月3日 10:00")
	admin.get(path+"/reminders").expect(t, "reminders of one that waits", 200, "还差34户")
	admin.get("/admin/coach").goes(t, "the running one", s.path("/coach"))
	admin.get("/admin/campaigns/"+later.ID.String()+"/coach/round").expect(t, "round of one that waits", 200, "<article")
	admin.get(path).expect(t, "the way to all", 200, `href="/admin/coach?all=1"`)
	admin.get("/admin/coach?all=1").expect(t, "all", 200, "看哪一次调查", s.path("/coach"), "/admin/campaigns/"+later.ID.String()+"/coach", "!"+draft.ID.String())
	s.answers(5, 0)
	s.CloseCampaign()
	admin.get("/admin/coach").expect(t, "none is running", 200, "看哪一次调查", "已结束", "待开始")
	for path, answers := range map[string]string{"/coach": "5/68", project: "5/34"} {
		admin.get(s.path(path)).expect(t, "closed"+path, 200, "已结束，不再接收答卷", answers, "!够数<", "!晚上走访", "!data-live")
	}
	for _, round := range []string{"/coach/round", project + "/round"} {
		admin.get(s.path(round)).expect(t, "closed round", 200, "现在不接收答卷，不用走访", "!<article")
	}
	admin.get(s.path(project+"/reminders")).expect(t, "closed reminders", 200, "不用提醒", "!<textarea")
	admin.get(s.path(project+"/reminder.svg?group=1")).expect(t, "closed picture", 404, "!1号楼")
	admin.get(s.path(project+"/reminders/print")).expect(t, "closed notice", 404, "!1号楼")
}

// The page says day by day what came, and what is needed.
func TestCoachChart(t *testing.T) {
	s := siteOf(t, modeltest.New(t))
	for day := range 3 {
		for i := range 4 + day {
			s.Saved(s.Answer(10*day + i))
		}
		s.Clock.Add(24 * time.Hour)
	}
	body := s.signIn(s.Community).get(s.path("/coach/" + s.Project.ID.String())).Body
	if n := strings.Count(body, `class="chart-bar"`); n != 4 || !strings.Contains(body, `class="chart-line"`) {
		t.Errorf("%d bars for four days", n)
	}
	if !inOrder(body, "2026年9月4日</th><td class=\"num\">0<", "2026年9月3日</th><td class=\"num\">6<", "2026年9月2日</th><td class=\"num\">5<", "2026年9月1日</th><td class=\"num\">4<") {
		t.Error("the table beside the chart does not say 0, 6, 5, 4")
	}
}

// The top of a chart is of the days that it draws: a flood of long ago does
// not flatten them.
func TestCoachChartTop(t *testing.T) {
	s := siteOf(t, modeltest.Empty(t))
	s.Campaign = s.OpenCampaign(s.Draft(func(c *survey.Campaign) { c.Closes = s.Clock.Now().AddDate(0, 0, 60) }))
	s.Poster = s.PosterOf(s.Campaign, s.Project.Buildings[0])
	s.answers(30, 0)
	for i := range 25 {
		s.Saved(s.AnswerAt(s.PosterOf(s.Campaign, s.Project.Buildings[1]), i))
	}
	s.Clock.Add(50 * 24 * time.Hour)
	s.Saved(s.Answer(35))
	s.signIn(s.Community).get(s.path("/coach/"+s.Project.ID.String())).expect(t, "fifty days later", 200, "最高一格 2 份", "10月21日")
}
