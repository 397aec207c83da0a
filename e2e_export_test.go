package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"mime/multipart"
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

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"meihao/survey/export"
)

// spreadsheets opens workbooks in LibreOffice, all at once.
type spreadsheets struct {
	t     *testing.T
	dir   string
	files []string
	csv   []string
}

func newSpreadsheets(t *testing.T) *spreadsheets { return &spreadsheets{t: t, dir: t.TempDir()} }

// add keeps a workbook and returns its sheets as the library that wrote it
// reads them.
func (s *spreadsheets) add(data []byte) (file string, sheets []string, rows map[string][][]string) {
	s.t.Helper()
	file = fmt.Sprintf("%03d", len(s.files))
	s.files = append(s.files, file)
	if err := os.WriteFile(filepath.Join(s.dir, file+".xlsx"), data, 0o600); err != nil {
		s.t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	rows = map[string][][]string{}
	for _, name := range f.GetSheetList() {
		if rows[name], err = f.GetRows(name); err != nil {
			s.t.Fatal(err)
		}
	}
	return file, f.GetSheetList(), rows
}

// everySheet asks for csv in UTF-8 of every sheet, with cells as they are
// shown.
const everySheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"

// open has LibreOffice read all workbooks.
func (s *spreadsheets) open(soffice string) {
	s.t.Helper()
	for files := range slices.Chunk(s.files, mostOpened) {
		args := []string{"-env:UserInstallation=file://" + filepath.Join(s.dir, "profile"), "--headless", "--norestore", "--convert-to", everySheet, "--outdir", s.dir}
		for _, file := range files {
			args = append(args, filepath.Join(s.dir, file+".xlsx"))
		}
		if out, err := exec.CommandContext(s.t.Context(), soffice, args...).CombinedOutput(); err != nil {
			s.t.Fatalf("soffice: %v\n%s", err, out)
		}
	}
}

// sheet is one sheet as LibreOffice shows it.
func (s *spreadsheets) sheet(file, name string) [][]string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, file+"-"+name+".csv"))
	if err != nil {
		s.t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	rows, err := r.ReadAll()
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	return rows
}

// trimmed are rows without the empty cells at their ends and empty rows at
// the end.
func trimmed(rows [][]string) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
			row = row[:len(row)-1]
		}
		out[i] = make([]string, len(row))
		for n, cell := range row {
			out[i][n] = strings.Join(strings.Fields(cell), " ")
		}
	}
	for len(out) > 0 && len(out[len(out)-1]) == 0 {
		out = out[:len(out)-1]
	}
	return out
}

var (
	staffLink   = regexp.MustCompile(`<a [^>]*href="(/admin[^"#]*)"`)
	excelLink   = regexp.MustCompile(`<p class="excel no-print"><a href="([^"]*)"`)
	tableOfPage = regexp.MustCompile(`(?s)<table.*?</table>`)
	headOfTable = regexp.MustCompile(`(?s)<thead>.*?</thead>|<caption>.*?</caption>|<select.*?</select>`) // and what could be chosen
	mainOfPage  = regexp.MustCompile(`(?s)<main.*</main>`)
	words       = regexp.MustCompile(`<span class="tag [^"]*"><span aria-hidden="true">[^<]*</span> [^<]*</span>|<span class="soft why">[^<]*</span>`) // "高于 90%": no figures
	markup      = regexp.MustCompile(`(?s)<svg.*?</svg>|<button.*?</button>|<[^>]*>`)
	figure      = regexp.MustCompile(`\d[\d,]*(\.\d+)?%?`)
	idInPath    = regexp.MustCompile(`/(?:[0-9A-Z]{8,}|[1-6]\.[0-9]+)\b`)
)

// figuresIn are the figures of a text, each once.
func figuresIn(text string) []string {
	found := figure.FindAllString(html.UnescapeString(markup.ReplaceAllString(text, " ")), -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// kindOf is what kind of page an address leads to.
func kindOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return idInPath.ReplaceAllString(path, "/:id")
}

// notExported are tables that are no lists of the office's: what is typed into,
// what is confirmed once, and what is laid out for paper, whose figures the
// page before exports.
func notExported(kind string) bool {
	return slices.ContainsFunc([]string{"/edit", "/correct", "/round", "/print", "/posters/add", "/adopt"}, func(end string) bool { return strings.HasSuffix(kind, end) })
}

// upload sends a register and returns the address of its preview.
func (s *staff) upload(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s.get(t, "/admin/projects/import")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", filepath.Base(file))
	if err == nil {
		_, err = part.Write(data)
	}
	if err = errors.Join(err, form.WriteField("csrf", s.csrf), form.Close()); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, s.URL+"/admin/projects/import", &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Origin", s.URL)
	r, err := do(s.client, request)
	if err != nil || r.Status != http.StatusSeeOther {
		t.Fatalf("uploading: %d %v\n%s", r.Status, err, r.Body)
	}
	to := r.Header.Get("Location")
	eventually(t, patience, "the preview is made", func() bool {
		if m := regexp.MustCompile(`/admin/projects/import/[0-9A-Z]+`).FindString(to + " " + s.get(t, to).Body); m != "" {
			to = m
			return true
		}
		return false
	})
	return to
}

// pages are all pages that links lead to from the first one, one of each kind
// and language of list; not what a link would sign out or print.
func (s *staff) pages(t *testing.T, from string, most int) map[string]string {
	t.Helper()
	found, seen, kinds, queue := map[string]string{}, map[string]bool{}, map[string]int{}, []string{from}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		kind := kindOf(path)
		if seen[path] || kinds[kind] >= most || strings.Contains(path, "as=xlsx") || strings.Contains(path, "as=csv") || strings.Contains(path, "template") {
			continue
		}
		seen[path] = true
		r := s.get(t, path)
		if r.Status >= http.StatusInternalServerError {
			t.Errorf("%s answers %d", path, r.Status)
		}
		if r.Status != http.StatusOK || !strings.Contains(r.Header.Get("Content-Type"), "text/html") {
			continue
		}
		kinds[kind]++
		found[path] = r.Body
		for _, m := range staffLink.FindAllStringSubmatch(r.Body, -1) {
			queue = append(queue, html.UnescapeString(m[1]))
		}
	}
	return found
}

// Every table of the staff's pages can be had in Excel, and LibreOffice shows
// the page's figures in it, at every stage of a campaign and in both languages.
func TestEveryTableOpensInLibreOffice(t *testing.T) {
	sqliteOnly(t, "no engine changes what is on paper or in a workbook")
	soffice := need(t, "MEIHAO_SOFFICE", "soffice", "apt-get install libreoffice-calc-nogui")
	st := newStage(t)
	books := newSpreadsheets(t)
	checks := []func(){books.naughty(), books.naughtyCSV()}
	english := st.signIn(t, st.account["en"], st.password["en"])
	downloaded := map[string]int{}
	take := func(who *staff, stage string, paths map[string]string) {
		for path, page := range paths {
			if !strings.Contains(page, "<table") && !excelLink.MatchString(page) || notExported(kindOf(path)) {
				continue
			}
			link := excelLink.FindStringSubmatch(page)
			if link == nil {
				t.Errorf("%s has a table and no link to Excel", path)
				continue
			}
			r := who.get(t, html.UnescapeString(link[1]))
			if r.Status != http.StatusOK || !strings.HasPrefix(r.Header.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s: the export answers %d %v", path, r.Status, r.Header)
				continue
			}
			downloaded[kindOf(path)]++
			page = who.get(t, path).Body // figures move while answers come in
			checks = append(checks, books.compare(stage+" "+path, page, []byte(r.Body)))
			asCSV := who.get(t, html.UnescapeString(strings.Replace(link[1], "as=xlsx", "as=csv", 1)))
			checks = append(checks, books.addCSV(stage+" "+path+" as CSV", who.get(t, path).Body, asCSV))
		}
	}
	plan := st.staff.upload(t, st.uploadFile)
	take(st.staff, "plan", map[string]string{plan: st.staff.get(t, plan).Body})
	take(st.staff, "open", st.staff.pages(t, "/admin", 2))
	take(st.staff, "held", st.otherPages())
	take(english, "English", english.pages(t, "/admin", 1))
	for _, step := range []string{"close", "seal"} {
		if r := st.say(t, st.demo.APIToken, st.demo.Campaign, step, "按计划办理"); r.Status != http.StatusOK {
			t.Fatalf("%s: %d %s", step, r.Status, r.Body)
		}
		campaign := "/admin/campaigns/" + st.demo.Campaign
		take(st.staff, step, map[string]string{
			campaign + "/standings": st.staff.get(t, campaign+"/standings").Body,
			st.sheet(""):            st.staff.get(t, st.sheet("")).Body,
		})
	}
	books.open(soffice)
	books.openCSV(soffice)
	for _, check := range checks {
		check()
	}
	for _, kind := range []string{
		"/admin/projects", "/admin/campaigns", "/admin/campaigns/:id/standings", "/admin/campaigns/:id/standings/:id", "/admin/campaigns/:id/projects",
		"/admin/campaigns/:id/held", "/admin/campaigns/:id/held/:id", "/admin/sheets/:id", "/admin/sheets/:id/:id", "/admin/sheets/:id/:id/items/:id",
		"/admin/accounts", "/admin/events", "/admin/help", "/admin/projects/:id", "/admin/projects/import/:id", "/admin/work",
		"/admin/campaigns/:id/charts", "/admin/campaigns/:id/compare", "/admin/campaigns/:id/coach", "/admin/campaigns/:id/coach/:id", "/admin/posters", "/admin/posters/:id", "/admin/campaigns/:id/projects/:id",
	} {
		if downloaded[kind] == 0 {
			t.Errorf("no page of kind %s was exported", kind)
		}
	}
	t.Logf("%d workbooks of %d kinds of pages", len(books.files), len(downloaded))
}

// otherPages are some that the walk along the links may not come to.
func (st *stage) otherPages() map[string]string {
	st.t.Helper()
	pages := map[string]string{}
	for _, path := range []string{"/admin/campaigns/" + st.held + "/held", "/admin/campaigns/" + st.held + "/held/" + st.heldProject, "/admin/campaigns/" + st.draft + "/projects", st.replacedPoster()} {
		pages[path] = st.staff.get(st.t, path).Body
	}
	return pages
}

// replacedPoster is the page of a poster that has a history.
func (st *stage) replacedPoster() string {
	st.t.Helper()
	path := "/admin/posters/" + posterCodes(st.t, st.Data, st.demo.Campaign)[1]
	if r := st.staff.post(st.t, path+"/replace", url.Values{"reason": {"破损"}}); r.Status != http.StatusSeeOther {
		st.t.Fatalf("replacing a poster: %d\n%s", r.Status, r.Body)
	}
	return path
}

// compare returns what is to be compared once LibreOffice has read a page's
// workbook: cell by cell with what was written, and the figures with the
// page's.
func (s *spreadsheets) compare(what, page string, data []byte) func() {
	file, names, rows := s.add(data)
	return func() {
		var cells []string
		for i, name := range names {
			shown := trimmed(s.sheet(file, name))
			if diff := cmp.Diff(trimmed(rows[name]), shown); diff != "" {
				s.t.Errorf("%s, sheet %s (-written +LibreOffice):\n%s", what, name, diff)
			}
			if i < len(names)-1 && len(shown) > 0 {
				for _, row := range shown[1:] {
					cells = append(cells, row...)
				}
			}
		}
		sheet := figuresIn(html.EscapeString(strings.Join(cells, " | ")))
		for _, table := range tableOfPage.FindAllString(page, -1) {
			for _, one := range figuresIn(words.ReplaceAllString(headOfTable.ReplaceAllString(table, ""), " ")) {
				if !slices.Contains(sheet, one) {
					s.t.Errorf("%s: the page shows %s, LibreOffice does not", what, one)
				}
			}
		}
		if strings.Contains(what, "/events") { // the record is longer than its page
			return
		}
		whole := figuresIn(mainOfPage.FindString(page))
		for i := range strings.Count(page, "<li") { // a browser numbers the steps of a list
			whole = append(whole, strconv.Itoa(i+1))
		}
		for _, one := range sheet {
			if !slices.Contains(whole, one) {
				s.t.Errorf("%s: LibreOffice shows %s, the page does not", what, one)
			}
		}
	}
}

// naughty adds a workbook of texts that a spreadsheet could take for formulas.
func (s *spreadsheets) naughty() func() {
	s.t.Helper()
	texts := []string{"=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@x", "小区😀", "00123", "1,234", "2026-01-02", "\"quoted\", with a comma", strings.Repeat("长", 32_767)}
	book := export.Book{NotesName: "说明", Tables: []export.Table{{Title: "文字", Columns: []export.Column{{Head: "列"}},
		Rows: export.Of(texts, func(text string) []export.Cell { return []export.Cell{export.String(text)} })}}}
	var data bytes.Buffer
	if err := book.Write(&data); err != nil {
		s.t.Fatal(err)
	}
	file, _, _ := s.add(data.Bytes())
	return func() {
		rows := s.sheet(file, "文字")[1:]
		for i, text := range texts {
			if i >= len(rows) || rows[i][0] != text {
				s.t.Errorf("%.30q is not shown as it is", text)
			}
		}
	}
}
