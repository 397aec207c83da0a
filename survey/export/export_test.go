package export_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"meihao/survey"
	"meihao/survey/export"
)

// written is a workbook of one table, read back.
func written(t testing.TB, b export.Book) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func bytesOf(t testing.TB, b export.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// shown is what a cell shows, raw what it holds.
func shown(t testing.TB, f *excelize.File, cell string) (shown, raw string, kind excelize.CellType) {
	t.Helper()
	sheet := f.GetSheetName(0)
	text, err := f.GetCellValue(sheet, cell)
	if err == nil {
		raw, err = f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	}
	if err == nil {
		kind, err = f.GetCellType(sheet, cell)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text, raw, kind
}

func column(cells ...export.Cell) export.Book {
	return export.Book{NotesName: "说明", Tables: []export.Table{{
		Title: "表", Columns: []export.Column{{Head: "列"}},
		Rows: export.Of(cells, func(c export.Cell) []export.Cell { return []export.Cell{c} }),
	}}}
}

func TestCellsShowWhatIsPrinted(t *testing.T) {
	at := time.Date(2026, 9, 20, 15, 59, 59, 0, time.UTC) // 23:59 in Beijing
	for _, one := range []struct {
		cell       export.Cell
		shown, raw string
	}{
		{export.Int(0), "0", "0"},
		{export.Int(999), "999", "999"},
		{export.Int(int64(1234567)), "1,234,567", "1234567"},
		{export.Int(-1234), "-1,234", "-1234"},
		{export.Printed("89.96%"), "89.96%", "0.8996"},
		{export.Printed("90.0%"), "90.0%", "0.9"},
		{export.Printed("99.95%"), "99.95%", "0.9995"},
		{export.Printed("89.999999%"), "89.999999%", "0.89999999"},
		{export.Printed("100.0%"), "100.0%", "1"},
		{export.Printed("0.0%"), "0.0%", "0"},
		{export.Printed("3.5"), "3.5", "3.5"},
		{export.Printed("12"), "12", "12"},
		{export.Printed(survey.NoRate), "N/A", "N/A"},
		{export.Printed("—"), "—", "—"},
		{export.Printed(""), "", ""},
		{export.Printed("-1%"), "-1%", "-1%"},
		{export.Printed("1e5"), "1e5", "1e5"},
		{export.Signed("+10.0"), "+10.0", "10"},
		{export.Signed("+0.04"), "+0.04", "0.04"},
		{export.Signed("−3.2"), "−3.2", "-3.2"},
		{export.Signed("0.0"), "0.0", "0"},
		{export.Signed("0.4"), "0.4", "0.4"},
		{export.Signed("—"), "—", "—"},
		{export.Signed("+=1"), "+=1", "+=1"},
		{export.Signed("+−1"), "+−1", "+−1"},
		{export.Printed("1.2.3"), "1.2.3", "1.2.3"},
		{export.Printed("1234567890123456789"), "1234567890123456789", "1234567890123456789"},
		{export.Time(at), "2026年9月20日 23:59", "46285.9993055556"},
		{export.Time(time.Time{}), "", ""},
		{export.Date(at), "2026年9月20日", "46285"},
		{export.Date(at.Add(time.Minute)), "2026年9月21日", "46286"},
		{export.Date(time.Time{}), "", ""},
		{export.String("00123"), "00123", "00123"},
		{export.String("1,234"), "1,234", "1,234"},
	} {
		text, raw, _ := shown(t, written(t, column(one.cell)), "A2")
		if text != one.shown || raw != one.raw {
			t.Errorf("%+v shows %q and holds %q, want %q and %q", one.cell, text, raw, one.shown, one.raw)
		}
	}
}

func TestDatesOfEnglishPages(t *testing.T) {
	b := column(export.Time(time.Date(2026, 1, 2, 16, 4, 0, 0, time.UTC)))
	b.Language = "en"
	if text, _, _ := shown(t, written(t, b), "A2"); text != "3 Jan 2026 00:04" {
		t.Errorf("a moment reads %q", text)
	}
}

// Every rate that can be printed is shown with the printed digits.
func TestRatesKeepTheirDigits(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.Int64Range(1, 3_000_000).Draw(r, "n")
		var cells []export.Cell
		var rates []string
		for range 20 {
			rate := survey.Rate(rapid.Int64Range(0, n).Draw(r, "k"), n)
			cells, rates = append(cells, export.Printed(rate)), append(rates, rate)
		}
		f := written(t, column(cells...))
		for i, rate := range rates {
			text, _, kind := shown(t, f, fmt.Sprintf("A%d", i+2))
			if text != rate || kind == excelize.CellTypeInlineString {
				t.Fatalf("%s is shown as %s (%v)", rate, text, kind)
			}
		}
	})
}

// Text is text, whatever it begins with, also after somebody edited the cell.
func TestNoTextBecomesAFormula(t *testing.T) {
	naughty := []string{"=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx", "\rx", "=1+1", "-", "=HYPERLINK(\"http://x\")", "😀", "_x0041_", "<b>&amp;", "a\nb", " x ", "=" + strings.Repeat("9", 300)}
	var cells []export.Cell
	for _, text := range naughty {
		cells = append(cells, export.String(text))
	}
	data := bytesOf(t, column(cells...))
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, text := range naughty {
		cell := fmt.Sprintf("A%d", i+2)
		got, _, kind := shown(t, f, cell)
		if got != text || kind != excelize.CellTypeInlineString {
			t.Errorf("%q became %q of type %v", text, got, kind)
		}
		if formula, _ := f.GetCellFormula(f.GetSheetName(0), cell); formula != "" {
			t.Errorf("%q became the formula %q", text, formula)
		}
		id, err := f.GetCellStyle(f.GetSheetName(0), cell)
		if err != nil {
			t.Fatal(err)
		}
		prefix := f.Styles.CellXfs.Xf[id].QuotePrefix
		if want := strings.ContainsAny(text[:1], "=+-@\t\r"); (prefix != nil && *prefix) != want {
			t.Errorf("%q: the cell is guarded: %v, want %v", text, prefix != nil && *prefix, want)
		}
	}
	if sheet := part(t, data, "xl/worksheets/sheet1.xml"); strings.Contains(sheet, "<f>") {
		t.Error("the sheet has a formula")
	}
}

func TestLongTextIsCutVisibly(t *testing.T) {
	for _, text := range []string{strings.Repeat("长", 32_767), strings.Repeat("长", 32_768), strings.Repeat("😀", 20_000)} {
		got, _, _ := shown(t, written(t, column(export.String(text))), "A2")
		if got != text && (!strings.HasSuffix(got, "…") || !strings.HasPrefix(text, strings.TrimSuffix(got, "…"))) {
			t.Errorf("%d bytes became %d bytes that end in %q", len(text), len(got), got[len(got)-6:])
		}
		if text == strings.Repeat("长", 32_767) && got != text {
			t.Error("a text that fits was cut")
		}
	}
}

func TestSheetsAndNotes(t *testing.T) {
	table := func(title string) export.Table {
		return export.Table{Title: title, Columns: []export.Column{{Head: "小区"}, {Head: "户数", Kind: export.Number}},
			Rows: export.Of([]int{12, 1200}, func(n int) []export.Cell { return []export.Cell{export.String("晨光花园"), export.Int(n)} }),
			Sum:  []export.Cell{export.String("合计"), export.Int(1212)}}
	}
	long := strings.Repeat("很长的名字", 9)
	b := export.Book{NotesName: "说明", Notes: []export.Note{{"内容", "=1"}, {"规则", "2023.1"}},
		Tables: []export.Table{table("结果"), table("结果"), table(long), table(long), table("a/b[c]:'d'*?\\"), table(""), table("说明"), table("History")}}
	f := written(t, b)
	want := []string{"结果", "结果 2", long[:31*3], long[:29*3] + " 2", "a b c d", "Sheet", "说明", "Sheet 2", "说明 2"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	rows, err := f.GetRows("结果")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"小区", "户数"}, {"晨光花园", "12"}, {"晨光花园", "1,200"}, {"合计", "1,212"}}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	notes, err := f.GetRows("说明 2")
	if diff := cmp.Diff([][]string{{"内容", "=1"}, {"规则", "2023.1"}}, notes); err != nil || diff != "" {
		t.Errorf("notes %v (-want +got):\n%s", err, diff)
	}
	panes, err := f.GetPanes("结果")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header is not frozen: %+v %v", panes, err)
	}
	if sheet := part(t, bytesOf(t, b), "xl/worksheets/sheet1.xml"); !strings.Contains(sheet, `<autoFilter ref="$A$1:$B$3"`) && !strings.Contains(sheet, `<autoFilter ref="A1:B3"`) {
		t.Errorf("the filter does not reach from the header to the last row above the sum: %s", regexp.MustCompile(`<autoFilter[^>]*>`).FindString(sheet))
	}
}

// Chinese text is twice as wide as digits and must not be cut off.
func TestColumnsAreWideEnough(t *testing.T) {
	b := export.Book{NotesName: "说明", Tables: []export.Table{{Title: "表",
		Columns: []export.Column{{Head: "小区"}, {Head: "时间", Kind: export.Moment}, {Head: "户数", Kind: export.Number}, {Head: "备注"}},
		Rows: export.Of([]int{1}, func(int) []export.Cell {
			return []export.Cell{export.String("晨光花园东区二期"), export.Time(time.Now()), export.Int(123_456_789), export.String(strings.Repeat("长", 100))}
		})}}}
	f := written(t, b)
	for name, most := range map[string][2]float64{"A": {16, 24}, "B": {20, 26}, "C": {11, 20}, "D": {40, 50}} {
		if width, err := f.GetColWidth("表", name); err != nil || width < most[0] || width > most[1] {
			t.Errorf("column %s is %v wide (%v), want %v", name, width, err, most)
		}
	}
}

func TestAnErrorLeavesNoHalfAFile(t *testing.T) {
	gone := errors.New("the database is gone")
	b := column()
	b.Tables[0].Rows = func(yield func([]export.Cell, error) bool) {
		for i := range 2000 {
			if !yield([]export.Cell{export.Int(i)}, nil) {
				return
			}
		}
		yield(nil, gone)
	}
	var out bytes.Buffer
	if err := b.Write(&out); !errors.Is(err, gone) || out.Len() > 0 {
		t.Errorf("%v and %d bytes", err, out.Len())
	}
	b = column()
	if text, _, _ := shown(t, written(t, b), "A1"); text != "列" {
		t.Errorf("an empty table has the header %q", text)
	}
}

// A long table is not held in memory.
func TestMemoryStaysFlat(t *testing.T) {
	const rows = 120_000
	peak := uint64(0)
	b := column()
	b.Tables[0].Rows = func(yield func([]export.Cell, error) bool) {
		for i := range rows {
			if i%10_000 == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
			row := []export.Cell{export.Int(i)}
			for range 9 {
				row = append(row, export.String("晨光花园东区二期"))
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	if err := b.Write(io.Discard); err != nil {
		t.Fatal(err)
	}
	if peak > 96<<20 {
		t.Errorf("%d MB are held while %d rows are written", peak>>20, rows)
	}
}

func part(t testing.TB, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// BenchmarkCity writes as much as the standings of a city of 8,000 projects.
func BenchmarkCity(b *testing.B) {
	book := column()
	book.Tables[0].Rows = func(yield func([]export.Cell, error) bool) {
		for i := range 8000 {
			row := []export.Cell{}
			for n := range 24 {
				if n%3 == 0 {
					row = append(row, export.String("晨光花园东区二期"))
				} else {
					row = append(row, export.Printed(survey.Rate(int64(i), 8000)))
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := book.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
