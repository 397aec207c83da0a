package admin_test

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"meihao/api/admin"
	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/work"
)

// runner does the long work of a world until the test ends.
func runner(w *modeltest.World) *work.Runner {
	o := work.Options{AtOnce: 2, Look: 20 * time.Millisecond, Beat: 20 * time.Millisecond, Dead: time.Hour, Now: w.Clock.Now}
	o.Fault = func(j work.Job, err error) { w.T.Errorf("job %s: %v", j.Kind, err) }
	r := work.New(w.Store, o)
	w.T.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := r.Close(ctx); err != nil {
			w.T.Error(err)
		}
	})
	return r
}

// slow is a store whose imports go on only when they are let.
type slow struct {
	admin.Store
	site    *site
	step    chan int // is told how far they get, of 100
	waiting atomic.Int32
}

func (s *slow) ImportProjects(ctx context.Context, actor survey.Actor, file roster.File, opt roster.Apply) (roster.Plan, error) {
	s.waiting.Add(1)
	defer s.waiting.Add(-1)
	for {
		select {
		case n, more := <-s.step:
			if !more {
				return s.Store.ImportProjects(ctx, actor, file, opt)
			}
			opt.Progress(n, 200)
		case <-ctx.Done():
			return roster.Plan{}, ctx.Err()
		}
	}
}

// slowSite serves a world whose imports wait.
func slowSite(t *testing.T) (*site, *slow, *person) {
	t.Helper()
	s := newSite(t)
	p := s.signIn(s.District)
	return s, s.slow(), p
}

// slow lets imports wait from now on.
func (s *site) slow() *slow {
	store := &slow{Store: s.Store, site: s, step: make(chan int)}
	s.handlers.Store, s.handlers.Patience = store, 50*time.Millisecond
	return store
}

// open lets everything through from now on.
func (s *slow) open() {
	s.site.handlers.Patience = 20 * time.Second
	close(s.step)
}

// shows polls a page until it says something.
func (p *person) shows(what, path, text string) reply {
	p.T.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		r := p.get(path)
		if strings.Contains(r.Body, text) {
			return r
		}
		if time.Now().After(deadline) {
			p.T.Fatalf("%s: %s does not come to say %q but %d\n%s", what, path, text, r.Status, r.Body)
		}
	}
}

var jobLink = regexp.MustCompile(`^/admin/work/[0-9A-Z]{9}$`)

// What takes longer gets a page of its own that says how far it is, which may
// be left and found again, and which leads on to the preview.
func TestLongPlan(t *testing.T) {
	s, store, p := slowSite(t)
	r := p.upload("名册.csv", register, p.csrf)
	if r.Status != 303 || !jobLink.MatchString(r.To) {
		t.Fatalf("uploading: %d to %q", r.Status, r.To)
	}
	page := r.To
	store.step <- 50
	p.shows("halfway", page, `value="50"`).expect(t, "halfway", 200,
		"正在与现有名册比对", "50 / 100 个小区（50%）", "可以离开这个页面", `http-equiv="refresh"`, "取消任务", "1 项进行中")
	p.get("/admin/projects").expect(t, "another page", 200, `href="/admin/work"`, "1 项进行中")
	p.get("/admin/work").expect(t, "the list", 200, "核对名册“名册.csv”", page, "50%", "进行中")
	s.signIn(s.Colleague).get(page).expect(t, "a colleague", 404)
	s.signIn(s.Colleague).get("/admin/work").expect(t, "a colleague's list", 200, "!名册.csv", "还没有任务", "!项进行中")
	store.open()
	for deadline := time.Now().Add(10 * time.Second); r.To == page; time.Sleep(10 * time.Millisecond) {
		if r = p.get(page); r.Status == 200 {
			r.To = page
		}
		if time.Now().After(deadline) {
			t.Fatal("the plan does not end")
		}
	}
	if r.Status != 303 || !strings.HasPrefix(r.To, "/admin/projects/import/") {
		t.Errorf("at its end: %d to %q", r.Status, r.To)
	}
	p.get(r.To).expect(t, "the preview", 200, "新竹园", "新增 1，变更 1")
	p.get("/admin/work").expect(t, "the list", 200, "已完成", r.To, "!项进行中")
}

// planned uploads the register and returns the address and the digest of its
// preview.
func (p *person) planned() (path, digest string) {
	p.T.Helper()
	path = p.upload("名册.csv", register, p.csrf).To
	return path, digestField.FindStringSubmatch(p.get(path).Body)[1]
}

// Applying twice starts one job, whose end shows what it wrote and where to go.
func TestLongImport(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	plan, digest := p.planned()
	store := s.slow()
	first := p.post(plan, url.Values{"digest": {digest}})
	second := p.post(plan, url.Values{"digest": {digest}})
	if !jobLink.MatchString(first.To) || second.To != first.To || store.waiting.Load() != 1 {
		t.Fatalf("applied twice: to %q and %q, %d under way", first.To, second.To, store.waiting.Load())
	}
	store.step <- 175
	p.shows("writing", first.To, `value="75"`).expect(t, "writing", 200, "正在写入", "75 / 100 个小区（75%）")
	store.open()
	p.shows("the end", first.To, "已写入").expect(t, "the end", 200,
		"新增 1 个小区，变更 1 个；新增 2 栋楼，变更 1 栋。", "有 1 行没有导入", `href="/admin/campaigns/new"`, `href="/admin/projects"`, "!http-equiv")
	if n := s.projects("新竹园"); n != 1 {
		t.Errorf("%d projects were added", n)
	}
	p.post(plan, url.Values{"digest": {digest}}).goes(t, "applied a third time", "/admin/projects?done=imported")
	if events := s.imports(); events != 2 {
		t.Errorf("%d imports in the audit record, want the world's and this one", events)
	}
}

func (s *site) imports() (n int) {
	s.T.Helper()
	events, err := s.Store.Events(s.Ctx(), 0, 100)
	s.Must(err)
	for _, e := range events {
		if e.Action == "projects.imported" {
			n++
		}
	}
	return n
}

// A stopped import has written nothing, and may be begun again.
func TestStopImport(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	plan, digest := p.planned()
	store := s.slow()
	page := p.post(plan, url.Values{"digest": {digest}}).To
	p.post(page+"/stop", nil).goes(t, "stopping", page)
	p.shows("stopped", page, "已取消").expect(t, "stopped", 200, "没有写入任何内容", "再试一次", "换一个文件")
	if n := s.projects("新竹园"); n != 0 {
		t.Errorf("%d projects were written", n)
	}
	p.post(page+"/stop", nil).goes(t, "stopping what is over", page)
	store.open()
	p.post(page+"/again", nil).goes(t, "again", page)
	p.shows("done", page, "已写入")
	p.post(page+"/again", nil).goes(t, "what is done again", page)
	p.shows("still done", page, "已写入")
	if n := s.projects("新竹园"); n != 1 {
		t.Errorf("%d projects were written", n)
	}
}

// Where the register changed after the preview nothing is written: the new
// plan is to be looked at first, whether that is seen at once or later.
func TestImportOvertaken(t *testing.T) {
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprint("late ", late), func(t *testing.T) {
			s := newSite(t)
			p := s.signIn(s.District)
			plan, digest := p.planned()
			var store *slow
			if late {
				store = s.slow()
			}
			rows := modeltest.Rows()[5:6]
			rows[0].Homes.Households = 22
			_, err := s.Store.ImportProjects(s.Ctx(), s.City, roster.File{Rows: rows}, roster.Apply{Apply: true})
			s.Must(err)
			r := p.post(plan, url.Values{"digest": {digest}})
			if !late {
				r.expect(t, "overtaken", 409, "名册有了变化", "<del>22</del>", "<ins>24</ins>")
			} else {
				s.Clock.Add(time.Second)
				store.open()
				body := p.shows("overtaken", r.To, "名册有了变化").Body
				fresh := regexp.MustCompile(`/admin/projects/import/[0-9A-Z]+\?after=\d+`).FindString(body)
				p.get(fresh).expect(t, "the new plan", 200, "<del>22</del>", "<ins>24</ins>")
			}
			if n := s.projects("新竹园"); n != 0 {
				t.Errorf("%d projects were written", n)
			}
			again := digestField.FindStringSubmatch(p.get(plan).Body)[1]
			if again == digest {
				t.Error("the new plan is the old one")
			}
			p.post(plan, url.Values{"digest": {again}}).goes(t, "the new plan", "/admin/projects?done=imported")
		})
	}
}

// Whoever lost the account, or the right, gets nothing written any more.
func TestWorkOfADisabledAccount(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	plan, digest := p.planned()
	store := s.slow()
	page := p.post(plan, url.Values{"digest": {digest}}).To
	p.post(page+"/stop", nil)
	p.shows("stopped", page, "已取消")
	store.open()
	id, err := survey.ParseID(page[len("/admin/work/"):])
	s.Must(err)
	_, err = s.Store.ChangeAccount(s.Ctx(), s.Admin, s.District.Account, func(a *survey.Account) error { a.Disabled = true; return nil })
	s.Must(err)
	_, err = s.handlers.Work.Again(s.Ctx(), s.District, id)
	s.Must(err)
	s.signIn(s.Admin).shows("failed", page, "账号已停用")
	if n := s.projects("新竹园"); n != 0 {
		t.Errorf("%d projects were written", n)
	}
}

// A register of buildings that names no project goes to the one that was
// named; what was typed stays when something is wrong.
func TestImportBuildings(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	list := "楼号,单元数,户数\n1号楼,2,40\n5号楼,1,18\n"
	form := map[string]string{"form": "buildings", "project": "晨光花园"}
	r := p.get(p.uploadAs("楼栋表.csv", list, form).To)
	r.expect(t, "preview", 200, "只增改已有小区的楼栋", "晨光花园", "5号楼")
	digest := digestField.FindStringSubmatch(r.Body)[1]
	p.post(planPath(r.Body), url.Values{"digest": {digest}}).goes(t, "applying", "/admin/projects?done=imported")
	project, err := s.Store.Project(s.Ctx(), survey.CityScope(), s.Project.ID)
	s.Must(err)
	if len(project.Buildings) != 5 {
		t.Errorf("%d buildings, want 5", len(project.Buildings))
	}
	p.uploadAs("空.csv", "", form).expect(t, "an empty file", 422, `value="晨光花园"`, `value="buildings" checked`)
}

// A page shows the beginning of many refusals, its export all of them.
func TestManyRefusals(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	var text strings.Builder
	text.WriteString("所在区,街道,社区,项目名称,户数\n晨光区,梧桐街道,东里社区,新竹园,48\n")
	for i := range 600 {
		fmt.Fprintf(&text, "晨光区,梧桐街道,东里社区,小区%d,很多\n", i)
	}
	uploaded := p.upload("名册.csv", text.String(), p.csrf)
	page := p.get(uploaded.To)
	page.expect(t, "the page", 200, "小区499", "!小区500", "600", "另有 100")
	file := p.get(uploaded.To + "?as=xlsx")
	book, err := excelize.OpenReader(strings.NewReader(file.Body))
	s.Must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	s.Must(err)
	if last := rows[len(rows)-1]; !strings.Contains(strings.Join(last, " "), "小区599") {
		t.Errorf("the export has %d rows and ends with %q", len(rows), last)
	}
}

// The same goes for what a plan adds: all of it is in the export.
func TestManyChanges(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	var text strings.Builder
	text.WriteString("所在区,街道,社区,项目名称,户数\n")
	for i := range 600 {
		fmt.Fprintf(&text, "晨光区,梧桐街道,东里社区,小区%d,48\n", i)
	}
	page := p.over(p.upload("名册.csv", text.String(), p.csrf))
	page.expect(t, "the page", 200, "小区499", "!小区500", "另有 100")
	file := p.read("the plan", p.get(planPath(page.Body)+"?as=xlsx"))
	if rows := file.rows["有变化的小区"]; len(rows) != 601 || rows[600][0] != "小区599" {
		t.Errorf("the export has %d rows of %v", len(rows), file.names)
	}
}

// The list of work is the newest hundred, and its export all of it.
func TestManyJobs(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	for i := range 101 {
		j, err := s.Store.AddJob(s.Ctx(), s.District, work.Job{Kind: "plan", Name: fmt.Sprintf("%d.csv", i), Argument: `{"Upload":"` + s.Project.ID.String() + `"}`}, time.Time{})
		s.Must(err)
		s.Must(s.Store.StopJob(s.Ctx(), s.District, j.ID)) // so many may not wait at once
		s.Clock.Add(time.Second)
	}
	p.get("/admin/work").expect(t, "the list", 200, "这里是最近 100 项", "“100.csv”", "“1.csv”", "!“0.csv”")
	file := p.read("the list", p.get("/admin/work?as=xlsx"))
	if rows := file.table(0); len(rows) != 101 || !strings.Contains(rows[100][0], "“0.csv”") {
		t.Errorf("the export has %d rows", len(rows))
	}
}

// Who stops another's work is on record.
func TestStopAnothersWork(t *testing.T) {
	s, store, p := slowSite(t)
	page := p.upload("名册.csv", register, p.csrf).To
	admin := s.signIn(s.Admin)
	admin.get("/admin/events").expect(t, "before", 200, "!取消别人的任务")
	admin.post(page+"/stop", nil).goes(t, "stopping", page)
	p.shows("stopped", page, "已取消")
	admin.get("/admin/events").expect(t, "the record", 200, "取消别人的任务", "job "+strings.TrimPrefix(page, "/admin/work/"))
	store.open()
}

// planPath is where the form of a preview goes.
func planPath(body string) string {
	return regexp.MustCompile(`action="(/admin/projects/import/[0-9A-Z]+)"`).FindStringSubmatch(body)[1]
}
