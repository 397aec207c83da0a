package main

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"meihao/survey"
)

// reader is somebody who looks at a campaign by every face it has.
type reader struct {
	*staff
	name, token, password string
}

// readers are one of each role that may look at standings, over the place of a
// project.
func (st *stage) readers(at standing) []reader {
	st.t.Helper()
	place := at.Project
	var list []reader
	for _, one := range []struct {
		role  survey.Role
		scope []string
	}{
		{survey.CityRole, nil}, {survey.Auditor, nil}, {survey.DistrictRole, []string{"--district", place.District}},
		{survey.SubdistrictRole, []string{"--district", place.District, "--subdistrict", place.Subdistrict}},
		{survey.CommunityRole, []string{"--district", place.District, "--subdistrict", place.Subdistrict, "--community", place.Community}},
	} {
		name := "reads-" + string(one.role)
		password := "a long enough passphrase of " + name
		must(st.t, append([]string{"account", "add", name, "--role", string(one.role), "--language", "zh", "--data", st.Data}, one.scope...)...)
		if code, _, stderr := command(st.t, password+"\n", "account", "passwd", name, "--data", st.Data); code != exitOK {
			st.t.Fatalf("account passwd: exit %d: %s", code, stderr)
		}
		token := strings.TrimSpace(must(st.t, "token", "add", "--account", name, "--name", "test", "--data", st.Data))
		list = append(list, reader{st.signIn(st.t, name, password), name, token, password})
	}
	return list
}

// faces are the standings of a campaign as one reader has them: a project's
// rows by its name.
type faces struct {
	json             []standing
	page, excel, csv map[string]string
	whole            map[string]string // all that each face says
}

var projectRow = regexp.MustCompile(`(?s)<tr[^>]*>(.*?)</tr>`)

func (r reader) faces(t *testing.T, campaign string) faces {
	t.Helper()
	path := "/admin/campaigns/" + campaign + "/standings"
	f := faces{json: r.standings(t, r.token, campaign), page: map[string]string{}, excel: map[string]string{}, csv: map[string]string{}, whole: map[string]string{}}
	body := r.get(t, path).Body
	f.whole["page"] = plain(mainOfPage.FindString(body))
	book, err := excelize.OpenReader(strings.NewReader(r.get(t, path+"?as=xlsx").Body))
	if err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	defer func() { _ = book.Close() }()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		f.whole["Excel"] += fmt.Sprintln(rows)
		f.rows(f.excel, rows)
	}
	for _, one := range csvFilesOf(t, r.get(t, path+"?as=csv")) {
		rows := rowsOfCSV(t, one.text)
		f.whole["CSV"] += fmt.Sprintln(rows)
		f.rows(f.csv, rows)
	}
	for _, one := range f.json {
		for _, m := range projectRow.FindAllStringSubmatch(body, -1) {
			if text := plain(m[1]); strings.HasPrefix(text, one.Project.Name+" ") {
				f.page[one.Project.Name] = text
			}
		}
	}
	return f
}

// rows keeps the rows that are a project's.
func (f faces) rows(into map[string]string, rows [][]string) {
	for _, row := range rows {
		if len(row) > 8 && slices.ContainsFunc(f.json, func(s standing) bool { return s.Project.Name == row[0] }) {
			into[row[0]] = " " + strings.Join(row, " ") + " "
		}
	}
}

// plain is the text of a page.
func plain(text string) string {
	return strings.Join(strings.Fields(html.UnescapeString(markup.ReplaceAllString(text, " "))), " ")
}

// figuresOfStanding are the figures of a standing, as pages and as tables
// write them; none of what is hidden.
func figuresOfStanding(s standing) (page, table []string) {
	for _, base := range []figures{s.Owner, s.Resident} {
		if base.Rate == nil || base.Satisfied == nil || *base.Rate == survey.NoRate {
			continue
		}
		k, n := *base.Satisfied, *base.Answered
		page = append(page, *base.Rate, grouped(k)+"/"+grouped(n))
		table = append(table, *base.Rate, strconv.FormatInt(k, 10), strconv.FormatInt(n, 10))
	}
	page = append(page, grouped(s.Turnout.Answered)+"/"+grouped(s.Turnout.Households))
	table = append(table, strconv.FormatInt(s.Turnout.Answered, 10), strconv.FormatInt(s.Turnout.Households, 10))
	return page, table
}

// grouped is a number as pages write it.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// The same figure stands on page, JSON, Excel, CSV, paper and wall for every
// role that may see it, while the campaign runs and after it; and what one
// face hides from a role no other shows.
func TestTheSameFigureOnEveryFace(t *testing.T) {
	sqliteOnly(t, "no engine changes how a figure is shown")
	st := newStage(t)
	campaign := st.demo.Campaign
	all := st.standings(t, st.demo.APIToken, campaign)
	readers := st.readers(all[0])
	look := func(stage string) {
		all := st.standings(t, st.demo.APIToken, campaign) // as the city has them
		for _, r := range readers {
			f := r.faces(t, campaign)
			what := stage + ", " + r.name
			if len(f.json) == 0 {
				t.Fatalf("%s: there is nothing to see", what)
			}
			for _, s := range f.json {
				name := s.Project.Name
				onPage, inTable := figuresOfStanding(s)
				for _, one := range onPage {
					if !strings.Contains(f.page[name], one) {
						t.Errorf("%s: JSON has %s of %s, the page %q", what, one, name, f.page[name])
					}
				}
				for face, row := range map[string]string{"Excel": strings.ReplaceAll(f.excel[name], ",", ""), "CSV": f.csv[name]} {
					for _, one := range inTable {
						if !strings.Contains(row, " "+one+" ") {
							t.Errorf("%s: JSON has %s of %s, %s %q", what, one, name, face, row)
						}
					}
				}
			}
			st.hidden(what, f, all)
		}
		st.onPaper(stage, readers[0], campaign)
		st.onTheWall(stage, campaign)
	}
	look("open")
	if r := st.say(t, st.demo.APIToken, campaign, "close", "按计划办理"); r.Status != http.StatusOK {
		t.Fatalf("close: %d %s", r.Status, r.Body)
	}
	look("closed")
	st.published()
}

// hidden checks that what JSON hides from a role stands on no other face.
func (st *stage) hidden(what string, f faces, all []standing) {
	st.t.Helper()
	for _, s := range f.json {
		at := slices.IndexFunc(all, func(a standing) bool { return a.Project.ID == s.Project.ID })
		if at < 0 || s.Owner.Satisfied != nil || all[at].Owner.Satisfied == nil {
			continue
		}
		whole := all[at].Owner
		share := grouped(*whole.Satisfied) + "/" + grouped(*whole.Answered)
		for face, row := range map[string]string{"page": f.page[s.Project.Name], "Excel": f.excel[s.Project.Name], "CSV": f.csv[s.Project.Name]} {
			for _, one := range []string{share, " " + *whole.Rate + " ", " " + strconv.FormatInt(*whole.Satisfied, 10) + " "} {
				if strings.Contains(row, one) {
					st.t.Errorf("%s: JSON hides the satisfaction of %s, %s says %q in %q", what, s.Project.Name, face, one, row)
				}
			}
			if !strings.Contains(row, "—") {
				st.t.Errorf("%s: %s does not say that the satisfaction of %s is hidden: %q", what, face, s.Project.Name, row)
			}
		}
	}
}

// onPaper prints the standings and reads the paper: every figure is there, the
// last column and the last row, and in the foot of every sheet as of when.
func (st *stage) onPaper(stage string, r reader, campaign string) {
	st.t.Helper()
	pdftotext := need(st.t, "MEIHAO_PDFTOTEXT", "pdftotext", "apt-get install poppler-utils")
	p := newTab(st.t, browser(st.t), desk)
	p.signIn(st.server, r.name, r.password)
	p.open(st.URL + "/admin/campaigns/" + campaign + "/standings")
	var data []byte
	p.do(chromedp.ActionFunc(printed(&data)))
	file := filepath.Join(st.t.TempDir(), "standings.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		st.t.Fatal(err)
	}
	out, err := exec.CommandContext(st.t.Context(), pdftotext, "-layout", file, "-").Output()
	if err != nil {
		st.t.Fatal(err)
	}
	sheets := bytes.Count(out, []byte("\f"))
	paper := strings.Join(strings.Fields(string(out)), " ")
	for _, s := range st.standings(st.t, r.token, campaign) {
		onPage, _ := figuresOfStanding(s)
		for _, one := range append(onPage, s.Project.Name) {
			if !strings.Contains(paper, one) {
				st.t.Errorf("%s: %s of %s is not on paper", stage, one, s.Project.Name)
			}
		}
	}
	for _, words := range []string{"数据截至", "打印时间"} {
		if n := strings.Count(paper, words); n != sheets {
			st.t.Errorf("%s: %d of %d sheets say %q in their foot", stage, n, sheets, words)
		}
	}
	body := p.value(`document.querySelector("table.standings thead tr").lastElementChild.textContent`)
	if last := strings.TrimSpace(body); !strings.Contains(paper, last) {
		st.t.Errorf("%s: the last column %q is not on paper", stage, last)
	}
	for _, words := range []string{"退出登录", "下一页", "Excel"} {
		if strings.Contains(paper, words) {
			st.t.Errorf("%s: %q is on paper", stage, words)
		}
	}
}

// printed prints what a tab shows.
func printed(into *[]byte) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		data, _, err := page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
		*into = data
		return err
	}
}

// onTheWall makes a wall with figures and reads the sum of all from it.
func (st *stage) onTheWall(stage, campaign string) {
	st.t.Helper()
	if st.staff.get(st.t, "/admin/walls/new").Status != http.StatusOK {
		st.t.Fatal("there are no walls")
	}
	made := st.staff.post(st.t, "/admin/walls/new", url.Values{"name": {"大厅" + stage}, "campaign": {campaign}, "scope": {"city"}, "figures": {"1"}})
	address := regexp.MustCompile(`/wall/[\w-]+`).FindString(made.Body)
	if address == "" {
		st.t.Fatalf("%s: no wall is made: %d\n%.2000s", stage, made.Status, made.Body)
	}
	wall := plain(st.staff.get(st.t, address).Body)
	board := plain(mainOfPage.FindString(st.staff.get(st.t, "/admin/campaigns/"+campaign+"/standings").Body))
	var k, n, answered, households int64
	for _, s := range st.standings(st.t, st.demo.APIToken, campaign) {
		answered, households = answered+s.Turnout.Answered, households+s.Turnout.Households
		if s.Owner.Satisfied != nil {
			k, n = k+*s.Owner.Satisfied, n+*s.Owner.Answered
		}
	}
	for _, one := range []string{survey.Rate(k, n), grouped(k), grouped(n), survey.Rate(answered, households), grouped(answered), grouped(households)} {
		if !strings.Contains(wall, one) {
			st.t.Errorf("%s: the sum %s is not on the wall: %s", stage, one, wall)
		}
		if !strings.Contains(board, one) {
			st.t.Errorf("%s: the sum %s is not on the page", stage, one)
		}
	}
}

// published compares what a company has of its published results: the page,
// Excel and CSV.
func (st *stage) published() {
	st.t.Helper()
	company := st.signIn(st.t, "company", st.demo.passwordOf("company"))
	body := company.get(st.t, "/admin/results").Body
	link := excelLink.FindStringSubmatch(body)
	if link == nil {
		st.t.Fatalf("the company's results have no link to Excel:\n%s", body)
	}
	address := html.UnescapeString(link[1])
	book, err := excelize.OpenReader(strings.NewReader(company.get(st.t, address).Body))
	if err != nil {
		st.t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		st.t.Fatal(err)
	}
	var files []string // the cells of all
	for _, f := range csvFilesOf(st.t, company.get(st.t, strings.Replace(address, "as=xlsx", "as=csv", 1))) {
		if !f.notes {
			table, _, _ := strings.Cut(f.text, "\r\n\r\n# ")
			for _, row := range rowsOfCSV(st.t, table)[1:] {
				files = append(files, row...)
			}
		}
	}
	excel, csv := plainFigures(html.EscapeString(fmt.Sprint(rows[1:]))), plainFigures(html.EscapeString(strings.Join(files, " | ")))
	found := 0
	for _, table := range tableOfPage.FindAllString(body, -1) {
		for _, one := range plainFigures(headOfTable.ReplaceAllString(table, "")) {
			found++
			if !slices.Contains(excel, one) || !slices.Contains(csv, one) {
				st.t.Errorf("the company's page shows %s; Excel %v, CSV %v", one, slices.Contains(excel, one), slices.Contains(csv, one))
			}
		}
	}
	if found == 0 {
		st.t.Error("the company sees no figure")
	}
}
