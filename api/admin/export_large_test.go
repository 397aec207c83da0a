package admin_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"meihao/api/admin"
	"meihao/survey"
	"meihao/survey/work"
)

// largeSite serves a city whose lists are longer than what is exported at
// once, to somebody of the district beside its administrator.
func largeSite(t testing.TB) (*site, *city) {
	t.Helper()
	s := newSite(t)
	c := newCity(s.World, 1200)
	s.handlers.Store = c
	return s, c
}

// A long list is made by a job, with all its rows, the figures as of the job
// and notes that say so; asking is answered with the file where that takes a
// moment, and with the job's page where it takes longer.
func TestLargeExportIsAJob(t *testing.T) {
	s, _ := largeSite(t)
	p := s.signIn(s.City)
	for _, form := range []string{"xlsx", "csv"} {
		r := p.get(s.path("/standings?place=" + survey.ID(1).String() + "&as=" + form)) // 500 projects of one district
		if r.Status != http.StatusOK {
			t.Errorf("500 rows as %s: %d to %q", form, r.Status, r.To)
		}
		r = p.get(s.path("/standings?as=" + form))
		if r.Status != http.StatusSeeOther || !strings.HasPrefix(r.To, "/admin/work/") || !strings.HasSuffix(r.To, "/file") {
			t.Fatalf("1,200 rows as %s: %d to %q\n%s", form, r.Status, r.To, r.Body)
		}
		file := p.get(r.To)
		var rows int
		var notes string
		if form == "xlsx" {
			book := p.read(r.To, file)
			rows, notes = len(book.table(0)), book.notes()
		} else {
			_, files := p.readCSV(r.To, file)
			rows, notes = len(files[0])-1, fmt.Sprint(files[len(files)-1])
		}
		if rows != 1200 || !strings.Contains(notes, "数据截至") || !strings.Contains(notes, p.name) || !strings.Contains(notes, "1,200") {
			t.Errorf("as %s there are %d rows and the notes %s", form, rows, notes)
		}
		page := strings.TrimSuffix(r.To, "/file")
		p.get(page).expect(t, "its page", 200, "导出“满意率", "下载文件", r.To, "保留 24 小时", "数据截至", "已完成", "回到页面", `href="`+s.path("/standings")+`"`, "!as=")
		p.get("/admin/work").expect(t, "the list", 200, "导出“满意率", "下载文件", r.To)
	}
}

// The job can be left and found again, shows how far it is, and may be stopped
// and begun once more.
func TestLargeExportIsFoundAgain(t *testing.T) {
	s, c := largeSite(t)
	p := s.signIn(s.City)
	gate := &gated{Store: c, entered: make(chan bool, 8), release: make(chan bool)}
	s.handlers.Store, s.handlers.Patience = gate, 20*time.Millisecond
	asked := p.get(s.path("/standings?as=xlsx"))
	if !jobLink.MatchString(asked.To) {
		t.Fatalf("%d to %q\n%s", asked.Status, asked.To, asked.Body)
	}
	<-gate.entered
	p.shows("under way", asked.To, "正在汇总数据").expect(t, "under way", 200, "可以离开这个页面", "取消任务", "1 项进行中", "!下载文件")
	if again := p.get(s.path("/standings?as=xlsx")); again.To != asked.To {
		t.Errorf("asked again: %q, want %q", again.To, asked.To)
	}
	p.get(asked.To+"/file").expect(t, "its file", 404)
	p.post(asked.To+"/stop", nil).goes(t, "stopping", asked.To)
	p.shows("stopped", asked.To, "已取消").expect(t, "stopped", 200, "没有生成文件", "再试一次", "回到页面")
	close(gate.release)
	s.handlers.Patience = 20 * time.Second
	p.post(asked.To+"/again", nil).goes(t, "again", asked.To)
	p.shows("done", asked.To, "下载文件")
	if got := p.read("the file", p.get(asked.To+"/file")).table(0); len(got) != 1200 {
		t.Errorf("%d rows", len(got))
	}
}

// gated is a city whose figures are loaded by jobs only when they are let.
type gated struct {
	admin.Store
	asked            atomic.Int32
	entered, release chan bool
}

func (g *gated) Enrolments(ctx context.Context, scope survey.Scope, id survey.ID) ([]survey.Enrolment, error) {
	if _, limited := ctx.Value(http.ServerContextKey).(*http.Server); !limited && g.asked.Add(1) > 1 && ctx.Done() != nil {
		select {
		case g.entered <- true:
		default:
		}
		select {
		case <-g.release:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return g.Store.Enrolments(ctx, scope, id)
}

// The file is its owner's alone, for a day, and only while the owner is who it
// was made for.
func TestLargeExportIsItsOwners(t *testing.T) {
	s, _ := largeSite(t)
	p := s.signIn(s.City)
	file := p.get(s.path("/standings?as=xlsx")).To
	for _, other := range []*person{s.signIn(s.Admin), s.signIn(s.Auditor), s.signIn(s.District), s.signIn(s.Community)} {
		other.get(file).expect(t, "as "+other.name, 404)
	}
	s.signIn(s.Admin).get(strings.TrimSuffix(file, "/file")).expect(t, "the job's page as administrator", 200, "!下载文件", "导出")
	scope := func(change func(a *survey.Account)) {
		_, err := s.Store.ChangeAccount(s.Ctx(), s.Admin, s.City.Account, func(a *survey.Account) error { change(a); return nil })
		s.Must(err)
	}
	scope(func(a *survey.Account) {
		a.Role, a.Scope = survey.CommunityRole, survey.Scope{Community: s.Project.Place.Community}
	})
	s.signIn(s.City).get(file).expect(t, "with another role", 403, "角色或辖区已经改变")
	scope(func(a *survey.Account) { a.Role, a.Scope = survey.CityRole, survey.CityScope() })
	p = s.signIn(s.City)
	if r := p.get(file); r.Status != http.StatusOK {
		t.Errorf("as before: %d", r.Status)
	}
	s.Clock.Add(25 * time.Hour)
	p = s.signIn(s.City)
	p.get(file).expect(t, "a day later", 404, "已过保留时间")
	p.get(strings.TrimSuffix(file, "/file")).expect(t, "its page a day later", 200, "已过保留时间", "回到页面", "!下载文件")
}

// A job acts for the account as it is when the job runs: whoever lost the
// right gets no file.
func TestLargeExportOfWhoMayNoMore(t *testing.T) {
	s, c := largeSite(t)
	p := s.signIn(s.City)
	gate := &gated{Store: c, entered: make(chan bool, 8), release: make(chan bool)}
	s.handlers.Store, s.handlers.Patience = gate, 20*time.Millisecond
	page := p.get(s.path("/standings?as=csv")).To
	<-gate.entered
	p.post(page+"/stop", nil)
	p.shows("stopped", page, "已取消")
	close(gate.release)
	_, err := s.Store.ChangeAccount(s.Ctx(), s.Admin, s.City.Account, func(a *survey.Account) error { a.Disabled = true; return nil })
	s.Must(err)
	id, err := survey.ParseID(strings.TrimPrefix(page, "/admin/work/"))
	s.Must(err)
	_, err = s.handlers.Work.Again(s.Ctx(), s.City, id)
	s.Must(err)
	s.signIn(s.Admin).shows("failed", page, "账号已停用")
}

// An account has at most three long exports under way; the fourth is asked to
// come again.
func TestLargeExportsAreLimited(t *testing.T) {
	s, c := largeSite(t)
	p := s.signIn(s.City)
	gate := &gated{Store: c, entered: make(chan bool, 8), release: make(chan bool)}
	for i := range 3 {
		_, err := s.Store.AddJob(s.Ctx(), s.City, work.Job{Kind: "export-of-another-instance", Name: "x"}, time.Time{})
		s.Must(err)
		_, err = s.Store.AddJob(s.Ctx(), s.City, work.Job{Kind: "export", Name: fmt.Sprint(i), Argument: `{"Path":"` + s.path("/standings") + `","Query":"?as=csv&q=` + fmt.Sprint(i) + `","Route":"/admin/campaigns/:campaign/standings"}`}, time.Time{})
		s.Must(err)
		if i == 0 {
			s.handlers.Store, s.handlers.Patience = gate, 20*time.Millisecond
			gate.asked.Store(1)
		}
	}
	r := p.getUngated(gate, s.path("/standings?as=xlsx"))
	r.expect(t, "a fourth", http.StatusServiceUnavailable, "您已有 3 个导出在进行")
	if r.Header.Get("Retry-After") == "" {
		t.Error("it does not say when to come again")
	}
	close(gate.release)
}

// getUngated asks for a page whose own loading is let through.
func (p *person) getUngated(g *gated, path string) reply {
	request := httptest.NewRequest(http.MethodGet, path, nil)
	return p.do(request.WithContext(context.WithValue(request.Context(), http.ServerContextKey, &http.Server{})))
}

// BenchmarkLargeExport makes the file of all standings of a city of 8,000
// projects as its job does (issue 6: ≤ 5 s with flat memory).
func BenchmarkLargeExport(b *testing.B) {
	s := newSite(b)
	c := newCity(s.World, 8000)
	s.handlers.Store, s.handlers.Patience = c, time.Minute
	p := s.signIn(s.Admin)
	for _, form := range []string{"xlsx", "csv"} {
		b.Run(form, func(b *testing.B) {
			path, before, peak := s.path("/standings?as="+form), heap(), uint64(0)
			stop := make(chan bool)
			ended := make(chan bool)
			go func() {
				defer close(ended)
				for {
					select {
					case <-stop:
						return
					case <-time.After(100 * time.Millisecond):
						peak = max(peak, heap())
					}
				}
			}()
			b.ReportAllocs()
			for b.Loop() {
				s.Clock.Add(time.Second)
				if r := p.get(path); r.Status != http.StatusSeeOther || !strings.HasSuffix(r.To, "/file") {
					b.Fatalf("%d to %q", r.Status, r.To)
				}
			}
			close(stop)
			<-ended
			b.ReportMetric(float64(peak-min(before, peak))/1e6, "MB-live")
		})
	}
}

// heap is how much memory lives.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
