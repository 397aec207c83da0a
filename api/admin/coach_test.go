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
	r.expect(t, "page", 200, "1号楼还差21户", "2号楼还差26户", "3号楼、4号楼还差10户", "就能反映全楼的意见", "就能反映这几栋楼的意见",
		"https://mh.example.cn/s/"+code, "010-12345678", "晨光区住建委", "匿名", "约2分钟", "打印全部 3 张", "2026年9月11日 10:00")
	p.get(path+"/reminders?words=en").expect(t, "English", 200, "1号楼: 21 more homes", "whole building", "!还差21户")
	p.get(path+"/reminders?words=both").expect(t, "both", 200, "1号楼: 21 more homes", "1号楼还差21户")
	notice := p.get(path + "/reminders/print")
	notice.expect(t, "notices", 200, "1号楼还差21户", "mh.example.cn/s/", code[:4]+"-"+code[4:], "010-12345678")
	if n := strings.Count(notice.Body, "<article"); n != 3 || strings.Count(notice.Body, "<path ") != 3 {
		t.Errorf("%d notices for 3 groups", n)
	}
	one := p.get(path + "/reminders/print?group=2")
	one.expect(t, "one notice", 200, "2号楼还差26户", "!1号楼还差")
	for _, query := range []string{"", "?group=0", "?group=4", "?group=x"} {
		p.get(path+"/reminder.svg"+query).expect(t, query, 404, "!<path")
	}
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
		r := p.get(s.path("/coach/" + s.Project.ID.String() + "/reminder.svg?group=3&words=" + words))
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

// No line of a picture is wider than the picture, however long the names are.
func TestReminderPictureFits(t *testing.T) {
	s := newSite(t)
	r := s.signIn(s.Community).get(s.path("/coach/" + s.Project.ID.String() + "/reminder.svg?group=3&words=both"))
	for _, m := range textLine.FindAllStringSubmatch(r.Body, -1) {
		var size int
		_, _ = fmt.Sscan(m[1], &size)
		wide := 0.0
		for _, symbol := range html.UnescapeString(m[2]) {
			if symbol >= 0x2e80 {
				wide++
			} else {
				wide += 0.56
			}
		}
		if wide*float64(size) > 1080-72 {
			t.Errorf("%q at %d is %.0f wide", m[2], size, wide*float64(size))
		}
		if strings.ContainsAny(m[2][:min(3, len(m[2]))], "，。、；：？！") {
			t.Errorf("%q begins with a mark", m[2])
		}
	}
}

// Before opening there are targets and posters, after closing neither
// forecast nor reminder.
func TestCoachAround(t *testing.T) {
	s := newSite(t)
	admin := s.signIn(s.Admin)
	draft := s.Draft(nil)
	admin.get("/admin/campaigns/"+draft.ID.String()+"/coach").expect(t, "draft", 200, "还是草稿", "0/68", "先开始调查")
	project := "/coach/" + s.Project.ID.String()
	admin.get("/admin/campaigns/"+draft.ID.String()+project+"/reminders").expect(t, "draft's reminders", 200, "不用提醒", "!<textarea")
	later := s.OpenCampaign(s.Draft(func(c *survey.Campaign) { c.Opens = s.Clock.Now().Add(48 * time.Hour) }))
	path := "/admin/campaigns/" + later.ID.String() + project
	admin.get(path).expect(t, "waiting", 200, "待开始", "先把海报贴好", "2026年9月3日 10:00")
	admin.get(path+"/reminders").expect(t, "reminders of one that waits", 200, "还差34户")
	admin.get("/admin/coach").goes(t, "the running one", s.path("/coach"))
	s.answers(5, 0)
	s.CloseCampaign()
	admin.get("/admin/coach").expect(t, "none is running", 200, "看哪一次调查", "已结束", "待开始")
	for path, answers := range map[string]string{"/coach": "5/68", project: "5/34"} {
		admin.get(s.path(path)).expect(t, "closed"+path, 200, "已结束，不再接收答卷", answers, "!够数<", "!晚上走访", "!data-live")
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
