package admin_test

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

var (
	csvLink  = regexp.MustCompile(`<p class="excel no-print">.*?<a href="([^"]*as=csv[^"]*)"`)
	dayShown = regexp.MustCompile(`^(\d+)年(\d+)月(\d+)日( \d\d:\d\d)?$`)
	number   = regexp.MustCompile(`^-?\d[\d,]*(\.\d+)?$`)
)

// csvFiles are the files of a CSV export: their names, and their lines with
// the notes last.
func (p *person) csvFiles(path string) (names []string, files [][][]string) {
	p.T.Helper()
	link := csvLink.FindStringSubmatch(p.get(path).Body)
	if link == nil {
		p.T.Fatalf("%s as %s: there is no link to CSV", path, p.name)
	}
	return p.readCSV(path, p.get(html.UnescapeString(link[1])))
}

func (p *person) readCSV(path string, file reply) (names []string, files [][][]string) {
	p.T.Helper()
	_, params, err := mime.ParseMediaType(file.Header.Get("Content-Disposition"))
	if file.Status != http.StatusOK || err != nil || file.Header.Get("Cache-Control") != "no-store" {
		p.T.Fatalf("%s as %s: %d %v %v", path, p.name, file.Status, file.Header, err)
	}
	if file.Header.Get("Content-Type") == "text/csv; charset=utf-8" && strings.HasSuffix(params["filename"], ".csv") {
		table, notes, parted := strings.Cut(file.Body, "\r\n\r\n# ")
		if !parted {
			p.T.Errorf("%s: the notes do not come after an empty line:\n%s", path, file.Body)
		}
		return []string{params["filename"]}, [][][]string{p.lines(path, table), p.lines(path, "\ufeff"+notes)}
	}
	if file.Header.Get("Content-Type") != "application/zip" || !strings.HasSuffix(params["filename"], ".zip") {
		p.T.Fatalf("%s: %v", path, file.Header)
	}
	z, err := zip.NewReader(strings.NewReader(file.Body), int64(len(file.Body)))
	p.Must(err)
	for _, f := range z.File {
		r, err := f.Open()
		p.Must(err)
		text, err := io.ReadAll(r)
		p.Must(err)
		names, files = append(names, f.Name), append(files, p.lines(path, string(text)))
	}
	return names, files
}

func (p *person) lines(path, text string) [][]string {
	p.T.Helper()
	if !strings.HasPrefix(text, "\ufeff") {
		p.T.Errorf("%s: there is no byte order mark", path)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		p.T.Fatalf("%s: %v", path, err)
	}
	return rows
}

// asCSV is a cell of a workbook as CSV has it: no separators, days as ISO
// writes them.
func asCSV(shown string) string {
	if m := dayShown.FindStringSubmatch(shown); m != nil {
		return fmt.Sprintf("%s-%02s-%02s%s", m[1], m[2], m[3], m[4])
	}
	if number.MatchString(shown) {
		return strings.ReplaceAll(shown, ",", "")
	}
	return shown
}

func trimRow(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

// CSV has the cells of the workbook, which are the page's, table by table, for
// every role and with the same notes.
func TestCSVHasTheWorkbooksCells(t *testing.T) {
	s := newSite(t)
	s.answers(35, 7)
	project := s.Project.ID.String()
	for _, p := range []*person{s.signIn(s.Admin), s.signIn(s.Community), s.signIn(s.Auditor)} {
		for _, path := range []string{"/admin/projects", "/admin/projects/" + project, "/admin/campaigns", s.path("/standings"), s.path("/standings/" + project), s.path("/coach"), "/admin/accounts", "/admin/events", "/admin/help"} {
			if p.get(path).Status != http.StatusOK {
				if r := p.get(path + "?as=csv"); r.Status == http.StatusOK || r.Header.Get("Content-Disposition") != "" {
					t.Errorf("%s as %s: the page is not there, its CSV is", path, p.name)
				}
				continue
			}
			_, book := p.export(path)
			names, files := p.csvFiles(path)
			if len(files) != len(book.names) {
				t.Fatalf("%s as %s: %d sheets and the files %v", path, p.name, len(book.names), names)
			}
			for i, name := range book.names[:len(files)-1] {
				sheet := book.rows[name]
				if len(sheet) != len(files[i]) {
					t.Errorf("%s as %s: sheet %s has %d lines, its CSV %d", path, p.name, name, len(sheet), len(files[i]))
					continue
				}
				for n, row := range sheet {
					want := make([]string, len(row))
					for c, cell := range row {
						want[c] = asCSV(cell)
					}
					if diff := cmp.Diff(trimRow(want), trimRow(files[i][n])); diff != "" {
						t.Errorf("%s as %s, sheet %s, line %d (-Excel +CSV):\n%s", path, p.name, name, n+1, diff)
					}
				}
			}
			notes := fmt.Sprint(files[len(files)-1])
			for _, says := range []string{p.name, survey.RulesVersion, "数据截至", "导出时间"} {
				if says != "数据截至" && !strings.Contains(notes, says) {
					t.Errorf("%s as %s: the notes do not say %q: %s", path, p.name, says, notes)
				}
			}
		}
	}
}

// What narrows a list stands in words in the notes of its files and in the
// foot of its prints.
func TestExportsAndPrintsSayTheFilter(t *testing.T) {
	c, p := newCitySite(t, 120)
	path := p.path("/standings?place=" + c.enrolments[0].Project.Community.String() + "&q=3号&light=middle")
	_, files := p.csvFiles(path)
	body := p.get(path).Body
	foot := regexp.MustCompile(`(?s)<p class="print-foot".*?</p>`).FindString(body)
	for _, word := range []string{"0号社区", "3号", "60%–90%"} {
		if !strings.Contains(fmt.Sprint(files[len(files)-1]), word) {
			t.Errorf("the notes do not say %q: %v", word, files[len(files)-1])
		}
		if !strings.Contains(foot, word) {
			t.Errorf("the foot does not say %q: %s", word, foot)
		}
	}
	whole := regexp.MustCompile(`(?s)<p class="print-foot".*?</p>`).FindString(p.get(p.path("/standings")).Body)
	if !strings.Contains(whole, "数据截至") || !strings.Contains(whole, "administrator") && !strings.Contains(whole, p.name) || strings.Contains(whole, "筛选") {
		t.Errorf("the foot of everything says %s", whole)
	}
}

// Names that would be formulas are none in CSV either.
func TestCSVOfNaughtyNames(t *testing.T) {
	c, p := newCitySite(t, 8)
	naughty := []string{"=cmd|' /C calc'!A0", "+1", "-1", "@x", "\ttab", "\rreturn", "＝1", "a;=1"}
	want := []string{"'=cmd|' /C calc'!A0", "'+1", "'-1", "'@x", "'\ttab", "'\rreturn", "'＝1", "a;'=1"}
	for i, name := range naughty {
		c.enrolments[i].Project.Name, c.enrolments[i].Project.Company.Name = name, name
	}
	for _, path := range []string{"/admin/projects", p.path("/standings")} {
		_, files := p.csvFiles(path)
		var got []string
		for _, row := range files[0][1:] {
			got = append(got, row[0])
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(cell)[0]) {
					t.Errorf("%s has the cell %q", path, cell)
				}
			}
		}
		for _, name := range want {
			if !strings.Contains(strings.Join(got, "|"), name) {
				t.Errorf("%s: %q is not in %q", path, name, got)
			}
		}
	}
}

// An address that asks for another form of file shows the page.
func TestUnknownFormsAreThePage(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	for _, as := range []string{"pdf", "CSV", "xlsx2", ""} {
		r := p.get("/admin/projects?as=" + url.QueryEscape(as))
		if r.Status != http.StatusOK || !strings.Contains(r.Header.Get("Content-Type"), "text/html") {
			t.Errorf("as=%s answers %d %s", as, r.Status, r.Header.Get("Content-Type"))
		}
	}
	request := httptest.NewRequest(http.MethodHead, "/admin/projects?as=csv", nil)
	request.Header.Set("Cookie", p.cookie)
	answer := httptest.NewRecorder()
	s.engine.ServeHTTP(answer, request)
	if answer.Header().Get("Content-Disposition") != "" {
		t.Error("HEAD makes a file")
	}
}
