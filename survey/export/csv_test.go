package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey/export"
)

func csvOf(t interface{ Fatal(args ...any) }, b export.Book) string {
	var out bytes.Buffer
	if err := b.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// parsed reads CSV as a spreadsheet does that takes this for the separator.
func parsed(t interface{ Fatal(args ...any) }, text string, comma rune) [][]string {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord, r.Comma, r.LazyQuotes = -1, comma, comma != ','
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestCSVIsWhatOfficesOpen(t *testing.T) {
	at := time.Date(2026, 9, 20, 15, 59, 59, 0, time.UTC) // 23:59 in Beijing
	b := export.Book{NotesName: "说明", Notes: []export.Note{{"内容", "满意率"}, {"筛选", "区域：晨光区\n搜索：=1"}}, Tables: []export.Table{{
		Title: "结果", Columns: []export.Column{{Head: "小区"}, {Head: "户数", Kind: export.Number}, {Head: "满意率", Kind: export.Percent}, {Head: "时间", Kind: export.Moment}, {Head: "日期", Kind: export.Day}},
		Rows: export.Of([]int{1}, func(int) []export.Cell {
			return []export.Cell{export.String(`晨光,"花园"` + "\n一期"), export.Int(-1234567), export.Printed("89.96%"), export.Time(at), export.Date(at)}
		}),
		Sum: []export.Cell{export.String("合计"), export.Printed("3.5"), export.String("—")},
	}}}
	want := "\ufeff小区,户数,满意率,时间,日期\r\n" +
		"\"晨光,\"\"花园\"\"\n一期\",-1234567,89.96%,2026-09-20 23:59,2026-09-20\r\n" +
		"合计,3.5,—,,\r\n\r\n" +
		"# 内容,满意率\r\n# 筛选,\"区域：晨光区\n搜索：=1\"\r\n"
	if diff := cmp.Diff(want, csvOf(t, b)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if b.Zipped() {
		t.Error("one table is an archive")
	}
}

// A change is a number that every program reads, risen or fallen.
func TestCSVOfChanges(t *testing.T) {
	for figure, want := range map[string]string{"+10.0": "10.0", "−3.2": "-3.2", "0.0": "0.0", "+0.04": "0.04", "—": "—", "+=1": "'+=1"} {
		if got := parsed(t, csvOf(t, column(export.Signed(figure))), ',')[1][0]; got != want {
			t.Errorf("%q is written as %q, want %q", figure, got, want)
		}
	}
}

// Several tables are as many files, and the notes one more.
func TestCSVOfSeveralTables(t *testing.T) {
	one := column(export.Int(1)).Tables[0]
	b := export.Book{NotesName: "说明", Notes: []export.Note{{"内容", "=1"}}, Tables: []export.Table{one, one}, At: time.Date(2026, 9, 20, 0, 0, 0, 0, time.UTC)}
	data := csvOf(t, b)
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil || !b.Zipped() {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil || f.NonUTF8 {
			t.Fatal(err, f.NonUTF8)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		got[f.Name] = string(text)
	}
	want := map[string]string{"表.csv": "\ufeff列\r\n1\r\n", "表 2.csv": "\ufeff列\r\n1\r\n", "说明.csv": "\ufeff内容,'=1\r\n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// begins are what a spreadsheet takes for the beginning of a formula.
const begins = "=+-@\t\r＝＋－＠"

func TestNoCSVBecomesAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx",
		"＝1": "'＝1", "  =1": "  '=1", "\u200b=1": "\u200b'=1", "\"=1": "\"'=1", "\x00=1": "'=1", "-": "'-",
		"a;=1": "a;'=1", "a\n=1": "a\n'=1", "a;\"=1": "a;\"'=1", "a=1": "a=1", "3-5": "3-5", "—": "—", "晨光花园": "晨光花园", "": "",
	} {
		if got := parsed(t, csvOf(t, column(export.String(text))), ',')[1:]; text != "" && (len(got) == 0 || got[0][0] != want) {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

// However a program cuts the file into cells, none begins as a formula, and
// what was written is there but for the apostrophes.
func TestCSVIsHarmlessUnderAnySeparator(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("=+-@\t\r\n＝;, \"'a楼1"))).Draw(r, "text")
		data := csvOf(r, export.Book{Tables: []export.Table{{Columns: []export.Column{{Head: "甲"}, {Head: "乙"}},
			Rows: export.Of([]string{text}, func(s string) []export.Cell { return []export.Cell{export.String("名"), export.String(s)} })}}})
		cell := strings.TrimSuffix(strings.TrimPrefix(data, "\ufeff甲,乙\r\n名,"), "\r\n\r\n")
		if got := strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(cell, `"`), `"`), `""`, `"`), "'", ""); strings.Trim(got, `"`) != strings.Trim(strings.ReplaceAll(text, "'", ""), `"`) {
			r.Fatalf("%q is written as %q", text, cell)
		}
		for _, row := range parsed(r, data, ',') {
			for _, one := range row {
				if one != "" && strings.ContainsRune(begins, []rune(one)[0]) {
					r.Fatalf("%q is read as the cell %q", text, one)
				}
			}
		}
		loose := strings.FieldsFunc(data, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) })
		for _, one := range loose {
			if one = strings.TrimLeft(one, "\" "); one != "" && strings.ContainsRune(begins, []rune(one)[0]) {
				r.Fatalf("%q is read as %q under another separator", text, one)
			}
		}
	})
}

func TestAnErrorEndsTheCSV(t *testing.T) {
	gone := errors.New("the database is gone")
	b := column()
	b.Tables[0].Rows = func(yield func([]export.Cell, error) bool) { yield(nil, gone) }
	if err := b.WriteCSV(io.Discard); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
}
