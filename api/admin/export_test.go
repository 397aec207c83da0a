package admin_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"meihao/api/admin"
	"meihao/survey"
)

// exported are a workbook's sheets as they are shown, the notes last.
type exported struct {
	name  string // of the file
	names []string
	rows  map[string][][]string
}

// export downloads the tables of a page by the link that the page shows.
func (p *person) export(path string) (reply, exported) {
	p.T.Helper()
	page := p.get(path)
	if page.Status != http.StatusOK {
		return page, exported{}
	}
	link := regexp.MustCompile(`<p class="excel no-print"><a href="([^"]*)"`).FindStringSubmatch(page.Body)
	if link == nil {
		p.T.Fatalf("%s as %s: there is no link to Excel", path, p.name)
	}
	file := p.get(html.UnescapeString(link[1]))
	return page, p.read(path, file)
}

func (p *person) read(path string, file reply) exported {
	p.T.Helper()
	disposition, params, err := mime.ParseMediaType(file.Header.Get("Content-Disposition"))
	if file.Status != http.StatusOK || err != nil || disposition != "attachment" ||
		file.Header.Get("Cache-Control") != "no-store" || file.Header.Get("X-Content-Type-Options") != "nosniff" ||
		file.Header.Get("Content-Type") != "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" {
		p.T.Fatalf("%s as %s: %d %v %v", path, p.name, file.Status, file.Header, err)
	}
	f, err := excelize.OpenReader(strings.NewReader(file.Body))
	if err != nil {
		p.T.Fatalf("%s as %s: %v", path, p.name, err)
	}
	defer f.Close()
	e := exported{name: params["filename"], names: f.GetSheetList(), rows: map[string][][]string{}}
	for _, name := range e.names {
		if e.rows[name], err = f.GetRows(name); err != nil {
			p.T.Fatal(err)
		}
	}
	return e
}

// table is a sheet without its header.
func (e exported) table(i int) [][]string { return e.rows[e.names[i]][1:] }

func (e exported) notes() string { return fmt.Sprint(e.rows[e.names[len(e.names)-1]]) }

var (
	tableHTML = regexp.MustCompile(`(?s)<table.*?</table>`)
	rowHTML   = regexp.MustCompile(`(?s)<tr[^>]*>(.*?)</tr>`)
	headHTML  = regexp.MustCompile(`(?s)<thead>.*?</thead>`)
	wordHTML  = regexp.MustCompile(`<span class="tag [^"]*"><span aria-hidden="true">[^<]*</span> [^<]*\d%[^<]*</span>`) // "高于 90%" is a word
	tagHTML   = regexp.MustCompile(`(?s)<svg.*?</svg>|<input[^>]*>|<select.*?</select>|<form.*?</form>|<[^>]*>`)
	figure    = regexp.MustCompile(`\d[\d,]*(\.\d+)?%?`)
)

// tablesOf are the rows of a page's tables as they are read.
func tablesOf(body string) [][]string {
	var tables [][]string
	for _, table := range tableHTML.FindAllString(body, -1) {
		var rows []string
		for _, row := range rowHTML.FindAllStringSubmatch(headHTML.ReplaceAllString(table, ""), -1) {
			rows = append(rows, html.UnescapeString(tagHTML.ReplaceAllString(wordHTML.ReplaceAllString(row[1], " "), " ")))
		}
		tables = append(tables, rows)
	}
	return tables
}

// figuresOf are the figures in a text, each once.
func figuresOf(text string) []string {
	found := figure.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// equal compares the figures of a page's table with those of a sheet, row by
// row and both ways.
func equal(t *testing.T, what string, page []string, sheet [][]string) {
	t.Helper()
	if len(page) != len(sheet) {
		t.Errorf("%s: the page has %d rows, the sheet %d", what, len(page), len(sheet))
		return
	}
	for i := range page {
		if diff := cmp.Diff(figuresOf(page[i]), figuresOf(strings.Join(sheet[i], " | "))); diff != "" {
			t.Errorf("%s, row %d (-page +sheet):\n%s\n%s\n%s", what, i+1, diff, strings.Join(strings.Fields(page[i]), " "), strings.Join(sheet[i], " | "))
		}
	}
}

// clerks are one of each role that has pages with tables.
func (s *site) clerks() map[string]*person {
	third, err := s.Store.AddAccount(s.Ctx(), s.Admin, survey.Account{
		Username: "assessor", Role: survey.ThirdParty, Scope: survey.Scope{District: s.Project.Place.District}, Language: "zh"}, "")
	s.Must(err)
	return map[string]*person{
		"admin": s.signIn(s.Admin), "city": s.signIn(s.City), "district": s.signIn(s.District), "subdistrict": s.signIn(s.Subdistrict),
		"community": s.signIn(s.Community), "auditor": s.signIn(s.Auditor), "company": s.signIn(s.Company), "third": s.signIn(third.Actor()),
	}
}

// Every table that a role may see, at every stage of a campaign, has the same
// figures in Excel as on the page, and who may not see the page gets no file.
func TestExportsHaveThePagesFigures(t *testing.T) {
	s := newSite(t)
	s.answers(35, 7) // two more than 1号楼 has homes: they are held
	for i := range 12 {
		s.Saved(s.AnswerAt(s.PosterOf(s.Campaign, s.Neighbour.Buildings[0]), i))
	}
	for i := range 4 { // too few to be shown
		s.Saved(s.AnswerAt(s.PosterOf(s.Campaign, s.Sibling.Buildings[0]), i))
	}
	held, err := s.Store.Held(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	torn := s.PosterOf(s.Campaign, s.Project.Buildings[1]).Code
	_, err = s.Store.ReplacePoster(s.Ctx(), s.District, torn, "破损")
	s.Must(err)
	_, err = s.Store.Propose(s.Ctx(), s.Colleague, s.Campaign.ID, s.Project.ID, []int64{held[0].ID}, true, "核实为分户居住")
	s.Must(err)
	clerks := s.clerks()
	project := s.Project.ID.String()
	pages := []string{
		"/admin/projects", "/admin/projects?q=晨光", "/admin/campaigns", s.path("/standings"), s.path("/standings?short=1"),
		s.path("/held"), s.path("/held/" + project), s.sheetsAt(""),
		s.sheetsAt("/" + project), s.sheetsAt("/" + s.Neighbour.ID.String()), s.sheetsAt("/" + s.Sibling.ID.String()),
		"/admin/accounts", "/admin/events", "/admin/help", "/admin/projects/" + project, s.path("/projects/" + project), "/admin/posters?campaign=" + s.Campaign.ID.String(),
		"/admin/posters/" + torn, s.path("/coach"), s.path("/coach/" + project),
	}
	seen := map[string]int{}
	walk := func(stage string) {
		for name, p := range clerks {
			for _, path := range pages {
				what := path + " as " + name + ", " + stage
				page, file := p.export(path)
				if page.Status != http.StatusOK {
					if r := p.get(path + "?as=xlsx"); r.Status != page.Status || r.Header.Get("Content-Disposition") != "" {
						t.Errorf("%s: the page answers %d, the export %d", what, page.Status, r.Status)
					}
					continue
				}
				seen[path]++
				s.compare(t, what, path, tablesOf(page.Body), file)
				if !strings.Contains(file.notes(), p.name) || !strings.Contains(file.notes(), survey.RulesVersion) {
					t.Errorf("%s: the notes do not say by whom and by which rules: %s", what, file.notes())
				}
			}
		}
	}
	walk("open")
	s.CloseCampaign()
	walk("closed")
	s.SealCampaign()
	walk("sealed")
	for _, path := range pages {
		if seen[path] == 0 {
			t.Errorf("nobody saw %s", path)
		}
	}
}

// compare compares the tables of a page with the sheets; where the page cuts a
// table into several or leaves something out, it says so.
func (s *site) compare(t *testing.T, what, path string, tables [][]string, file exported) {
	t.Helper()
	switch {
	case strings.HasPrefix(path, "/admin/sheets/") && strings.Count(path, "/") == 4: // five sections are one sheet, with the total below
		var items []string
		for _, section := range tables[:5] {
			items = append(items, section...)
		}
		sheet := drop(file.table(0), 1) // the section's name
		equal(t, what, items, sheet[:len(sheet)-1])
		equal(t, what+", vetoes", tables[5], file.table(1))
	case strings.HasPrefix(path, "/admin/posters?"): // a table for each project
		equal(t, what, slices.Concat(tables...), file.table(0))
	case strings.Contains(path, "/held/"), strings.Contains(path, "/projects/"): // with what the page says beside its table
		equal(t, what, tables[0], file.table(0))
	case strings.Contains(path, "/standings") && len(file.names) > 2: // areas come first where there are several
		s.compareStandings(t, what, tables, file)
	case len(tables) == 0:
		if len(file.table(0)) > 0 {
			t.Errorf("%s: the page has no table, the sheet %d rows", what, len(file.table(0)))
		}
	default:
		if len(tables) != len(file.names)-1 {
			t.Errorf("%s: %d tables, %d sheets", what, len(tables), len(file.names)-1)
			return
		}
		for i, table := range tables {
			equal(t, fmt.Sprintf("%s, table %d", what, i+1), table, file.table(i))
		}
	}
}

// compareStandings compares each table with the sheet that begins with the
// same name; a page leaves out lights that nobody has, a sheet says nought.
func (s *site) compareStandings(t *testing.T, what string, tables [][]string, file exported) {
	t.Helper()
	if len(tables) != len(file.names)-1 {
		t.Errorf("%s: %d tables, %d sheets", what, len(tables), len(file.names)-1)
		return
	}
	for i := range file.names[:len(file.names)-1] {
		rows := file.table(i)
		at := slices.IndexFunc(tables, func(table []string) bool {
			return len(table) > 0 && len(rows) > 0 && strings.HasPrefix(strings.TrimSpace(table[0]), rows[0][0])
		})
		if at < 0 {
			t.Errorf("%s: no table begins as the sheet %s", what, file.names[i])
			continue
		}
		var page []string
		for _, row := range tables[at] {
			page = append(page, row+" 0 ")
		}
		sheet := make([][]string, len(rows))
		for n, row := range rows {
			sheet[n] = append(slices.Clone(row), "0")
		}
		equal(t, what+", "+file.names[i], page, sheet)
	}
}

// drop takes a column out.
func drop(rows [][]string, column int) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		out[i] = slices.Delete(slices.Clone(row), column, column+1)
	}
	return out
}

// A list comes whole, not page by page, and in the order of the page.
func TestExportIsOfAllPages(t *testing.T) {
	c, p := newCitySite(t, 120)
	for _, path := range []string{p.path("/standings"), p.sheetsAt(""), p.path("/held"), "/admin/projects", p.path("/coach")} {
		var names []string
		for page := 1; page <= 3; page++ {
			named := regexp.MustCompile(`>(\d+号小区)<`)
			tables := tableHTML.FindAllString(p.get(path+fmt.Sprintf("?page=%d", page)).Body, -1)
			list := slices.IndexFunc(tables, named.MatchString) // areas may stand above it
			if list < 0 {
				t.Fatalf("%s, page %d: no table names a project", path, page)
			}
			for _, m := range named.FindAllStringSubmatch(tables[list], -1) {
				if !slices.Contains(names, m[1]) {
					names = append(names, m[1])
				}
			}
		}
		_, file := p.export(path + "?page=2")
		var got []string
		for _, row := range file.table(0) {
			got = append(got, row[0])
		}
		if diff := cmp.Diff(names, got); diff != "" {
			t.Errorf("%s (-pages +sheet):\n%s", path, diff)
		}
	}
	place := c.enrolments[0].Project.Community.String()
	_, file := p.export(p.path("/standings?place=" + place + "&q=3号&light=middle"))
	if rows := file.table(0); len(rows) > 1 || !strings.Contains(file.notes(), "0号社区") || !strings.Contains(file.notes(), "3号") || !strings.Contains(file.notes(), "60%–90%") {
		t.Errorf("a filtered list has %d rows and the notes %s", len(rows), file.notes())
	}
}

// What a register may hold by malice or accident stays text.
func TestExportOfNaughtyNames(t *testing.T) {
	c, p := newCitySite(t, 8)
	naughty := []string{"=cmd|' /C calc'!A0", "+1", "-1", "@x", "\ttab", "\rreturn", "小区😀", strings.Repeat("长", 33_000)}
	for i, name := range naughty {
		c.enrolments[i].Project.Name = name
	}
	file, err := excelize.OpenReader(strings.NewReader(p.get("/admin/projects?as=xlsx").Body))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for i, name := range naughty {
		cell := fmt.Sprintf("A%d", i+2)
		got, err := file.GetCellValue("小区", cell)
		formula, _ := file.GetCellFormula("小区", cell)
		if kind, _ := file.GetCellType("小区", cell); err != nil || formula != "" || kind != excelize.CellTypeInlineString ||
			got != name && !strings.HasPrefix(name, strings.TrimSuffix(got, "…")) {
			t.Errorf("%.20q became %.20q, formula %q (%v)", name, got, formula, err)
		}
	}
}

// A file is named after what is in it, in whatever language.
func TestExportIsNamed(t *testing.T) {
	s := newSite(t)
	draft := s.Draft(func(c *survey.Campaign) { c.Name = `a/b\c:"d" <e>|f*?` + "\u202e\n满意度=1" })
	p := s.signIn(s.District)
	day := s.Clock.Now().In(time.FixedZone("", 8*60*60)).Format("2006-01-02")
	for path, want := range map[string]string{
		s.path("/standings"): "满意率_2026年业主满意度调查_" + day + ".xlsx",
		"/admin/projects":    "小区_" + day + ".xlsx",
		"/admin/campaigns/" + draft.ID.String() + "/projects": "参评小区_a-b-c-d-e-f-满意度=1_" + day + ".xlsx",
	} {
		if _, file := p.export(path); file.name != want {
			t.Errorf("%s is saved as %q, want %q", path, file.name, want)
		}
	}
	header := p.get(s.path("/standings?as=xlsx")).Header.Get("Content-Disposition")
	if !strings.HasPrefix(header, `attachment; filename="meihao-standings.xlsx"; filename*=UTF-8''%E6%BB%A1`) || regexp.MustCompile(`[^\x21-\x7e ]`).MatchString(header) {
		t.Errorf("the header is %s", header)
	}
}

// Both languages, without a message key left standing.
func TestExportsSpeak(t *testing.T) {
	s := newSite(t)
	s.answers(35, 7)
	p := s.signIn(s.Admin)
	key := regexp.MustCompile(`^[a-z_0-9]+(\.[a-zA-Z_0-9]+)+$`)
	project := s.Project.ID.String()
	for _, language := range []string{"zh", "en"} {
		p.post("/admin/language", url.Values{"language": {language}})
		for _, path := range []string{"/admin/projects", "/admin/campaigns", s.path("/standings"), s.path("/standings/" + project), s.path("/held"), s.path("/held/" + project),
			s.sheetsAt(""), s.sheetsAt("/" + project), "/admin/accounts", "/admin/events", "/admin/help"} {
			_, file := p.export(path)
			for i, name := range file.names {
				for n, row := range file.rows[name] {
					for _, cell := range row {
						if key.MatchString(cell) && !regexp.MustCompile(`^[\d.]+$`).MatchString(cell) {
							t.Errorf("%s in %s, sheet %s: %q", path, language, name, cell)
						}
						if n == 0 && i < len(file.names)-1 && language == "en" && chinese.MatchString(cell) {
							t.Errorf("%s in English has the header %q", path, cell)
						}
					}
				}
			}
		}
	}
}

// A standing's card has a row for each base and the reason where it is hidden.
func TestExportOfAStanding(t *testing.T) {
	s := newSite(t)
	s.answers(37, 3)
	path := s.path("/standings/" + s.Project.ID.String())
	_, file := s.signIn(s.District).export(path)
	if diff := cmp.Diff([]string{"口径", "满意率", "满意户数", "有效户数", "户数"}, file.rows[file.names[0]][0][:5]); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	if got := file.table(0); len(got) != 2 || got[0][0] != "业主" || !slices.Equal(got[0][1:5], []string{"92.5%", "37", "40", "81"}) {
		t.Errorf("the district gets %v", got)
	}
	_, file = s.signIn(s.Community).export(path)
	for _, row := range file.table(0) {
		if text := fmt.Sprint(row); row[1] != "—" || !strings.Contains(text, "结束后可见") || strings.Contains(text, "92.5%") || strings.Contains(text, "37") {
			t.Errorf("the community gets %v", row)
		}
	}
	if notes := file.notes(); strings.Contains(notes, "92.5%") || strings.Contains(notes, "370") || !strings.Contains(notes, "40/60") {
		t.Errorf("the community's notes say %s", notes)
	}
}

// The audit record comes whole, from the page's first event back.
func TestExportOfEvents(t *testing.T) {
	s := newSite(t)
	for i := range 70 {
		_, err := s.Store.ChangeAccount(s.Ctx(), s.Admin, s.Stranger.Account, func(a *survey.Account) error { a.Name = fmt.Sprint(i); return nil })
		s.Must(err)
	}
	p := s.signIn(s.Admin)
	events, err := s.Store.Events(s.Ctx(), 0, 10_000)
	s.Must(err)
	_, file := p.export("/admin/events")
	if got := file.table(0); len(got) < len(events) || got[len(got)-1][0] != "1" {
		t.Errorf("%d events of %d", len(got), len(events))
	}
	_, file = p.export("/admin/events?before=40")
	if got := file.table(0); len(got) != 39 || got[0][0] != "39" || got[38][0] != "1" {
		t.Errorf("%d events before number 40", len(got))
	}
}

// slowProjects loads the register, for whole tables, only when told to.
type slowProjects struct {
	admin.Store
	entered, release chan bool
}

func (s *slowProjects) Projects(ctx context.Context, scope survey.Scope, f survey.ProjectFilter) ([]survey.Project, int, error) {
	if f.Limit == 0 {
		s.entered <- true
		<-s.release
	}
	return s.Store.Projects(ctx, scope, f)
}

// Of each account one is made at a time and of all four, from the moment that
// something is loaded for them. Who comes then waits a moment, or is asked to
// come again; nothing else breaks.
func TestExportsAreLimited(t *testing.T) {
	s := newSite(t)
	slow := &slowProjects{Store: s.handlers.Store, entered: make(chan bool), release: make(chan bool)}
	s.handlers.Store = slow
	const path = "/admin/projects?as=xlsx"
	done := make(chan int)
	export := func(p *person) {
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.Header.Set("Cookie", p.cookie)
		answer := httptest.NewRecorder()
		s.engine.ServeHTTP(answer, request)
		done <- answer.Code
	}
	busy := func(p *person, what, says string) {
		t.Helper()
		r := p.get(path)
		r.expect(t, what, http.StatusServiceUnavailable, says)
		if r.Header.Get("Retry-After") == "" {
			t.Errorf("%s: it does not say when to come again", what)
		}
	}
	people := []*person{s.signIn(s.District), s.signIn(s.Colleague), s.signIn(s.City), s.signIn(s.Admin), s.signIn(s.Auditor)}
	for i, p := range people[:4] {
		go export(p)
		<-slow.entered
		if i == 0 {
			busy(p, "a second of one account", "您的上一个文件还没有做好")
		}
	}
	busy(people[4], "a fifth", "请稍等几秒再下载")
	people[4].get("/admin/projects").expect(t, "the page", http.StatusOK)
	go export(people[4]) // gets the first slot that is given back
	time.Sleep(50 * time.Millisecond)
	slow.release <- true
	<-slow.entered
	close(slow.release)
	for range 5 {
		if status := <-done; status != http.StatusOK {
			t.Errorf("one of five: %d", status)
		}
	}
}

// BenchmarkExport exports what is made at once: lists of 900 projects.
func BenchmarkExport(b *testing.B) {
	_, p := newCitySite(b, 900) // longer ones are jobs, see BenchmarkLargeExport
	for name, path := range map[string]string{"standings": p.path("/standings"), "projects": "/admin/projects", "held": p.path("/held"), "sheets": p.sheetsAt(""),
		"coach": p.path("/coach")} {
		b.Run(name, func(b *testing.B) {
			request := httptest.NewRequest(http.MethodGet, path+"?as=xlsx", nil)
			request.Header.Set("Cookie", p.cookie)
			var answer *httptest.ResponseRecorder
			b.ReportAllocs()
			for b.Loop() {
				answer = httptest.NewRecorder()
				p.engine.ServeHTTP(answer, request)
			}
			if answer.Code != http.StatusOK || !bytes.HasPrefix(answer.Body.Bytes(), []byte("PK")) {
				b.Fatalf("%s: %d", path, answer.Code)
			}
			b.ReportMetric(float64(answer.Body.Len())/1000, "KB/file")
		})
	}
}
