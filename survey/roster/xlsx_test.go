package roster

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"meihao/survey"
)

// book is a workbook as spreadsheets write it, sheet by sheet.
func book(t testing.TB, sheets map[string][][]any) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	for i, name := range slices.Sorted(maps.Keys(sheets)) {
		if i == 0 {
			must(t, f.SetSheetName("Sheet1", name))
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for j, row := range sheets[name] {
			must(t, f.SetSheetRow(name, fmt.Sprintf("A%d", j+1), &row))
		}
	}
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func written(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

func readBytes(data []byte) (File, error) {
	return Read(context.Background(), "register.xlsx", bytes.NewReader(data))
}

// wanted: nobody stops the reading.
func wanted() error { return nil }

func headerRow() (cells []any) {
	for word := range strings.SplitSeq(strings.TrimSpace(wholeHeader), ",") {
		cells = append(cells, word)
	}
	return cells
}

func TestXLSX(t *testing.T) {
	texts := []any{"BJ-001", "东城区", "和平里街道", "七区社区", "幸福家园", "安居物业", "010-64210000", "3号楼", "4", "120", " 100", "1,024 户", "９００"}
	numbers := []any{"BJ-001", "东城区", "和平里街道", "七区社区", "幸福家园", "安居物业", "010-64210000", "3号楼", 4, 120, 100.0, 1024, 900}
	for name, row := range map[string][]any{"texts": texts, "numbers": numbers} {
		t.Run(name, func(t *testing.T) {
			f := book(t, map[string][][]any{"登记表": {headerRow(), row}})
			wantRow(t, written(t, f))
		})
	}
	t.Run("streamed, text inside the cells", func(t *testing.T) {
		f := excelize.NewFile()
		w, err := f.NewStreamWriter("Sheet1")
		must(t, err)
		must(t, w.SetRow("A1", headerRow()))
		must(t, w.SetRow("A2", numbers))
		must(t, w.Flush())
		wantRow(t, written(t, f))
	})
	t.Run("thousands shown by a format", func(t *testing.T) {
		f := book(t, map[string][][]any{"登记表": {headerRow(), numbers}})
		style, err := f.NewStyle(&excelize.Style{NumFmt: 3})
		must(t, err)
		must(t, f.SetCellStyle("登记表", "L2", "L2", style))
		wantRow(t, written(t, f))
	})
	t.Run("rich text", func(t *testing.T) {
		f := book(t, map[string][][]any{"登记表": {headerRow(), numbers}})
		must(t, f.SetCellRichText("登记表", "E2", []excelize.RichTextRun{{Text: "幸福"}, {Text: "家园", Font: &excelize.Font{Bold: true}}}))
		wantRow(t, written(t, f))
	})
	t.Run("a formula with its result", func(t *testing.T) {
		data := written(t, book(t, map[string][][]any{"登记表": {headerRow(), numbers}}))
		wantRow(t, edited(t, data, "xl/worksheets/sheet1.xml", "<v>1024</v>", "<f>SUM(1,1023)</f><v>1024</v>"))
	})
	t.Run("with prefixes, as other writers do", func(t *testing.T) {
		data := written(t, book(t, map[string][][]any{"登记表": {headerRow(), numbers}}))
		wantRow(t, edited(t, data, "xl/worksheets/sheet1.xml", "<row ", "<x:row ", "</row>", "</x:row>", "<c ", "<x:c ", "</c>", "</x:c>",
			"<worksheet ", `<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `))
	})
	t.Run("without references", func(t *testing.T) {
		data := written(t, book(t, map[string][][]any{"登记表": {headerRow(), numbers}}))
		replace := []string{` r="1"`, "", ` r="2"`, ""}
		for c := 'A'; c <= 'M'; c++ {
			replace = append(replace, fmt.Sprintf(` r="%c1"`, c), "", fmt.Sprintf(` r="%c2"`, c), "")
		}
		wantRow(t, edited(t, data, "xl/worksheets/sheet1.xml", replace...))
	})
}

func wantRow(t *testing.T, data []byte) {
	t.Helper()
	got, err := readBytes(data)
	must(t, err)
	if diff := cmp.Diff(File{Rows: []Row{wholeRow()}}, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// edited is a workbook with texts of one part replaced, in pairs.
func edited(t testing.TB, data []byte, part string, pairs ...string) []byte {
	t.Helper()
	return rewritten(t, data, func(name string, content []byte) []byte {
		if name == part {
			return []byte(strings.NewReplacer(pairs...).Replace(string(content)))
		}
		return content
	})
}

// rewritten is a zip file with every part changed by change; nil drops it.
func rewritten(t testing.TB, data []byte, change func(string, []byte) []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		must(t, err)
		var content bytes.Buffer
		_, err = content.ReadFrom(in)
		must(t, err)
		changed := change(f.Name, content.Bytes())
		if changed == nil {
			continue
		}
		out, err := w.Create(f.Name)
		must(t, err)
		_, err = out.Write(changed)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

// Row numbers are those of the sheet; empty and formatted empty rows, and
// cells far to the right, cost nothing.
func TestSheetRows(t *testing.T) {
	f := excelize.NewFile()
	must(t, f.SetSheetRow("Sheet1", "B3", &[]any{"区", "社区", "项目"}))
	must(t, f.SetSheetRow("Sheet1", "B7", &[]any{"东城区", "七区社区", "甲"}))
	must(t, f.SetSheetRow("Sheet1", "B1000", &[]any{"东城区", "七区社区", "乙"}))
	must(t, f.SetCellStr("Sheet1", "XFD7", "x"))
	got, err := readBytes(written(t, f))
	must(t, err)
	if len(got.Rows) != 2 || got.Rows[0].Number != 7 || got.Rows[1].Number != 1000 || got.Rows[1].Project != "乙" {
		t.Errorf("rows = %+v", got.Rows)
	}
}

// An empty cell is empty, whatever stands above it or to the right of all we read.
func TestEmptyCells(t *testing.T) {
	f := book(t, map[string][][]any{"1": {
		{"区", "社区", "项目", "电话", "总户数"},
		{"东城区", "七区社区", "甲", "6421", 12},
		{"东城区", nil, "乙", nil, 13},
		{"东城区", "八区社区"},
	}})
	must(t, f.SetCellStr("1", "XFD4", "x"))
	data := written(t, f)
	got, err := readBytes(data)
	must(t, err)
	want := []Row{
		{Number: 2, District: "东城区", Community: "七区社区", Project: "甲", Phone: "6421", ProjectHomes: survey.Homes{Households: 12}},
		{Number: 3, District: "东城区", Project: "乙", ProjectHomes: survey.Homes{Households: 13}},
		{Number: 4, District: "东城区", Community: "八区社区"},
	}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	w, err := openWorkbook(data, wanted)
	must(t, err)
	sheets, err := w.open()
	must(t, err)
	must(t, w.lines(sheets[0], func(l line) error {
		if len(l.cells) > maxColumns {
			t.Errorf("row %d has %d cells", l.number, len(l.cells))
		}
		return nil
	}))
}

func TestOtherSheets(t *testing.T) {
	table := [][]any{{"区", "社区", "项目"}, {"东城区", "七区社区", "甲"}}
	f := book(t, map[string][][]any{"1空": nil, "2登记表": table, "3说明": {{}, {"填表说明"}}, "4空": nil, "5选项": {{"是"}, {"否"}}})
	must(t, f.SetSheetVisible("5选项", false))
	got, err := readBytes(written(t, f))
	must(t, err)
	if len(got.Rows) != 1 || got.Rows[0].Project != "甲" {
		t.Errorf("rows = %+v", got.Rows)
	}
	note := Note{Message: survey.Message{Key: "roster.note.other_sheets", Args: survey.Args{"Sheet": "2登记表", "Others": "3说明"}}}
	if diff := cmp.Diff([]Note{note}, got.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestWorkbookErrors(t *testing.T) {
	good := written(t, book(t, map[string][][]any{"登记表": {{"区", "社区", "项目"}, {"东城区", "七区社区", "甲"}, {"东城区", "七区社区", "乙"}}}))
	const sheet = "xl/worksheets/sheet1.xml"
	for name, c := range map[string]struct {
		data []byte
		kind survey.Kind
		key  string
	}{
		"cut off":              {good[:len(good)/2], survey.Invalid, "roster.error.broken"},
		"a sheet breaks off":   {edited(t, good, sheet, "</sheetData>", "", "</worksheet>", ""), survey.Invalid, "roster.error.broken"},
		"a row is not closed":  {edited(t, good, sheet, "</row>", ""), survey.Invalid, "roster.error.broken"},
		"an unknown string":    {edited(t, good, sheet, "<v>3</v>", "<v>333</v>"), survey.Invalid, "roster.error.broken"},
		"no sheet":             {without(t, good, sheet), survey.Invalid, "roster.error.broken"},
		"no workbook":          {without(t, good, "xl/workbook.xml"), survey.Invalid, "roster.error.not_register"},
		"a bomb in one cell":   {edited(t, good, sheet, "<v>3</v>", "<v>"+strings.Repeat("3", 8<<20)+"</v>"), survey.TooLarge, "roster.error.unpacked"},
		"a bomb of nesting":    {edited(t, good, sheet, "<sheetData>", strings.Repeat("<a>", 1_000_000)+"<sheetData>"), survey.Invalid, "roster.error.broken"},
		"a bomb in attributes": {edited(t, good, sheet, "<sheetData>", "<sheetData"+strings.Repeat(` a=""`, 1_000_000)+">"), survey.TooLarge, "roster.error.unpacked"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			_, err := readBytes(c.data)
			runtime.ReadMemStats(&after)
			wantFileError(t, err, c.kind, c.key)
			if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 256<<20 {
				t.Errorf("the heap grew by %d MiB", grown>>20)
			}
		})
	}
}

// A workbook is given up once it has unpacked to more than the budget, in
// bytes, elements or strings, and not only when it is through.
func TestBudget(t *testing.T) {
	good := written(t, book(t, map[string][][]any{"登记表": {{"区", "社区", "项目"}, {"东城区", "七区社区", "甲"}}}))
	bomb := edited(t, good, "xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData>"+strings.Repeat("<row/>", 20_000))
	bomb = edited(t, bomb, "xl/sharedStrings.xml", "</sst>", strings.Repeat("<si/>", 1000)+"</sst>")
	for name, b := range map[string]budget{
		"bytes": {100_000, maxElements, maxStrings, wanted}, "elements": {maxUnpacked, 10_000, maxStrings, wanted}, "strings": {maxUnpacked, maxElements, 500, wanted},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := openWorkbook(bomb, wanted)
			must(t, err)
			w.budget = b
			if err := w.read(newTable(nil, wanted)); survey.KindOf(err) != survey.TooLarge {
				t.Errorf("error = %v, want too_large", err)
			}
		})
	}
	if _, err := readBytes(bomb); err != nil {
		t.Errorf("within the budget: %v", err)
	}
}

func without(t testing.TB, data []byte, part string) []byte {
	t.Helper()
	return rewritten(t, data, func(name string, content []byte) []byte {
		if name == part {
			return nil
		}
		return content
	})
}

func TestTemplate(t *testing.T) {
	for _, lang := range []string{"zh", "en", ""} {
		data, err := Template(lang)
		must(t, err)
		file, err := readBytes(data)
		must(t, err)
		if len(file.Rows) != 2 || len(file.Notes) != 0 {
			t.Fatalf("%q: %+v", lang, file)
		}
		for _, r := range file.Rows {
			if len(r.Errors) != 0 || r.Phone == "" || r.Units == nil || r.Homes.Occupied == nil || r.ProjectHomes.Occupied == nil {
				t.Errorf("%q: row %+v", lang, r)
			}
		}
		plan := MakePlan(Register{}, file, survey.CityScope(), true)
		if !plan.Empty() || len(plan.Refused) != 0 || len(plan.Notes) != 1 || plan.Notes[0].Key != "roster.note.examples" {
			t.Errorf("%q: the examples come in: %+v", lang, plan)
		}
		plan = MakePlan(Register{}, filledIn(file), survey.CityScope(), true)
		if len(plan.Projects) != 1 || len(plan.Refused) != 0 || len(plan.Notes) != 0 {
			t.Errorf("%q: plan %+v", lang, plan)
		}
	}
}

// filledIn is a template whose examples somebody made their own.
func filledIn(f File) File {
	f.Rows = slices.Clone(f.Rows)
	for i := range f.Rows {
		f.Rows[i].Register = "N" + f.Rows[i].Register
	}
	return f
}
