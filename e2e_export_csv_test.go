package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey/export"
)

// csvFile is one file of a CSV export.
type csvFile struct {
	name, text string
	notes      bool // after the table, or instead of one
}

// csvFilesOf are the files of what as=csv answers: one, or an archive.
func csvFilesOf(t *testing.T, r reply) []csvFile {
	t.Helper()
	if !strings.HasPrefix(r.Body, "PK") {
		return []csvFile{{"", r.Body, false}}
	}
	z, err := zip.NewReader(strings.NewReader(r.Body), int64(len(r.Body)))
	if err != nil {
		t.Fatal(err)
	}
	var list []csvFile
	for i, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, csvFile{f.Name, string(text), i == len(z.File)-1})
	}
	return list
}

// rowsOfCSV reads CSV as it is written.
func rowsOfCSV(t *testing.T, text string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// asFormulas has LibreOffice read CSV as carelessly as can be: everything that
// looks like a formula is one.
const asFormulas = "--infilter=CSV:44,34,76,1,,0,false,false,false,false,false,-1,true"

// openCSV has LibreOffice read all CSV files and say what their cells show.
func (s *spreadsheets) openCSV(soffice string) {
	s.t.Helper()
	for files := range slices.Chunk(s.csv, mostOpened) {
		s.openSome(soffice, files)
	}
}

// mostOpened is how many files LibreOffice is given at once: of more than some
// 250 it leaves the rest alone without a word.
const mostOpened = 100

func (s *spreadsheets) openSome(soffice string, files []string) {
	s.t.Helper()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(s.dir, "profile"), "--headless", "--norestore", asFormulas, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", filepath.Join(s.dir, "shown")}
	for _, file := range files {
		args = append(args, filepath.Join(s.dir, file+".csv"))
	}
	if out, err := exec.CommandContext(s.t.Context(), soffice, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("soffice: %v\n%s", err, out)
	}
}

// addCSV keeps the files of a CSV export and returns what is to be compared
// once LibreOffice has read them: cell by cell with what was written, and the
// figures with the page's.
func (s *spreadsheets) addCSV(what, page string, r reply) func() {
	s.t.Helper()
	files := csvFilesOf(s.t, r)
	first := len(s.csv)
	for _, f := range files {
		if !strings.HasPrefix(f.text, "\ufeff") {
			s.t.Errorf("%s: %s has no byte order mark", what, f.name)
		}
		name := fmt.Sprintf("c%04d", len(s.csv))
		s.csv = append(s.csv, name)
		if err := os.WriteFile(filepath.Join(s.dir, name+".csv"), []byte(f.text), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	return func() {
		var cells []string
		for i, f := range files {
			written, shown := trimmed(rowsOfCSV(s.t, withoutEmptyLine(f.text))), trimmed(s.shownCSV(s.csv[first+i]))
			shown = slices.DeleteFunc(shown, func(row []string) bool { return len(row) == 0 })
			if diff := cmp.Diff(written, shown, cmp.Comparer(sameCell)); diff != "" {
				s.t.Errorf("%s, %s (-written +LibreOffice):\n%s", what, f.name, diff)
			}
			table, _, _ := strings.Cut(f.text, "\r\n\r\n# ")
			if !f.notes {
				for _, row := range rowsOfCSV(s.t, table)[1:] {
					cells = append(cells, row...)
				}
			}
		}
		sheet := plainFigures(html.EscapeString(strings.Join(cells, " | ")))
		for _, table := range tableOfPage.FindAllString(page, -1) {
			for _, one := range plainFigures(words.ReplaceAllString(headOfTable.ReplaceAllString(table, ""), " ")) {
				if !slices.Contains(sheet, one) {
					s.t.Errorf("%s: the page shows %s, the CSV does not", what, one)
				}
			}
		}
	}
}

// withoutEmptyLine leaves out the empty line before the notes.
func withoutEmptyLine(text string) string { return strings.Replace(text, "\r\n\r\n# ", "\r\n# ", 1) }

func (s *spreadsheets) shownCSV(file string) [][]string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, "shown", file+".csv"))
	if err != nil {
		s.t.Fatal(err)
	}
	return rowsOfCSV(s.t, string(data))
}

// sameCell compares what was written with what is shown: numbers by their
// value, for a spreadsheet shows 3.50 as 3.5.
func sameCell(a, b string) bool {
	if a == b {
		return true
	}
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && x == y
}

var digitsOnly = regexp.MustCompile(`^0+(\d+)$`)

// plainFigures are the figures of a text without separators and without the
// noughts before days and months.
func plainFigures(text string) []string {
	list := figuresIn(text)
	for i, one := range list {
		one = strings.ReplaceAll(one, ",", "")
		list[i] = digitsOnly.ReplaceAllString(one, "$1")
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// naughtyTexts are texts that a spreadsheet could take for formulas.
func naughtyTexts() []string {
	return []string{"=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "  =1+1", "＝1+1", "\"=1+1", "a;=1+1", "=HYPERLINK(\"http://x\",\"y\")"}
}

// naughtyCSV adds a file of texts that a spreadsheet could take for formulas,
// and one without our apostrophes, which shows that it would.
func (s *spreadsheets) naughtyCSV() func() {
	s.t.Helper()
	book := export.Book{Tables: []export.Table{{Title: "文字", Columns: []export.Column{{Head: "列"}, {Head: "列二"}},
		Rows: export.Of(naughtyTexts(), func(text string) []export.Cell { return []export.Cell{export.String("名"), export.String(text)} })}}}
	var data bytes.Buffer
	if err := book.WriteCSV(&data); err != nil {
		s.t.Fatal(err)
	}
	ours := s.keepCSV(data.String())
	control := s.keepCSV("\ufeff列,列二\r\n名,=1+1\r\n")
	return func() {
		if got := s.shownCSV(control)[1][1]; got != "2" {
			s.t.Errorf("LibreOffice does not evaluate formulas of CSV: %q; the test proves nothing", got)
		}
		rows := s.shownCSV(ours)[1:]
		for i, text := range naughtyTexts() {
			if got := rows[i][1]; got == "2" || got == "0" || got == "y" || strings.HasPrefix(got, "#") || strings.HasPrefix(got, "Err:") || !strings.Contains(got, "'") {
				s.t.Errorf("%q is shown as %q", text, got)
			}
		}
	}
}

func (s *spreadsheets) keepCSV(text string) string {
	name := fmt.Sprintf("c%04d", len(s.csv))
	s.csv = append(s.csv, name)
	if err := os.WriteFile(filepath.Join(s.dir, name+".csv"), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return name
}
