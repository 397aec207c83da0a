package roster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"meihao/survey"
)

// quick fails a test whose work took more time of the processor than most,
// however busy the machine is with other things.
func quick(t *testing.T, most time.Duration, work func()) {
	t.Helper()
	start := spent(t)
	work()
	if took := spent(t) - start; took > most {
		t.Errorf("it took %s, at most %s is allowed", took.Round(time.Millisecond), most)
	}
}

// spent is the time of the processor that this program has used.
func spent(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// grown is by how many bytes the heap has grown by what keep returns, which
// is alive until it was measured.
func grown[T any](keep func() T) (T, int64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept := keep()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return kept, int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

// mergedBomb is a small workbook of which one merged cell with a long text
// covers all columns of thousands of rows.
func mergedBomb(t testing.TB, text string, rows int) []byte {
	t.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	must(t, err)
	must(t, w.SetRow("A1", []any{"区", "社区", "小区", "楼号", "户数", "房号", "备注"}))
	for i := range rows {
		must(t, w.SetRow(fmt.Sprintf("A%d", i+2), []any{"东城区", "七区社区", "甲", i, 1, nil, text}))
	}
	must(t, w.MergeCell("G2", fmt.Sprintf("IV%d", rows+1)))
	must(t, w.Flush())
	return written(t, f)
}

// What one merged cell repeats over thousands of others is counted in each of
// them, and given up.
func TestMergedBomb(t *testing.T) {
	data := mergedBomb(t, strings.Repeat("户", maxCell), 2000)
	if len(data) > 1<<20 {
		t.Fatalf("the workbook has %d bytes", len(data))
	}
	quick(t, 5*time.Second, func() {
		_, err := readBytes(data)
		wantFileError(t, err, survey.TooLarge, "roster.error.too_much")
	})
	many := mergedBomb(t, "x", 45_000)
	_, err := readBytes(many)
	wantFileError(t, err, survey.TooLarge, "roster.error.too_much")
	if f, err := readBytes(mergedBomb(t, "一段备注", 500)); err != nil || len(f.Rows) != 500 {
		t.Errorf("a remark over all columns: %d rows, %v", len(f.Rows), err)
	}
}

// One shared string that every cell names costs what it would cost written
// out.
func TestSharedBomb(t *testing.T) {
	data := written(t, book(t, map[string][][]any{"1": {{"区", "社区", "小区", "户数"}, {strings.Repeat("户", 10_000)}}}))
	var rows strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="s"><v>4</v></c><c r="B%d" t="s"><v>4</v></c></row>`, i+3, i+3, i+3)
	}
	data = edited(t, data, "xl/worksheets/sheet1.xml", "</sheetData>", rows.String()+"</sheetData>")
	quick(t, 10*time.Second, func() {
		_, err := readBytes(data)
		wantFileError(t, err, survey.TooLarge, "roster.error.too_much")
	})
}

// A cell has 32,767 characters; what a file has beyond is cut off.
func TestLongCells(t *testing.T) {
	long := strings.Repeat("号", maxCell+10)
	for name, data := range map[string][]byte{
		"csv":  []byte("区,社区,小区,户数,备注\n东城区,七区社区,甲,1," + long + "\n"),
		"xlsx": edited(t, written(t, book(t, map[string][][]any{"1": {{"区", "社区", "小区", "户数", "备注"}, {"东城区", "七区社区", "甲", 1, "LONG"}}})), "xl/sharedStrings.xml", "LONG", long),
	} {
		tb := newTable(nil, wanted)
		must(t, readInto(tb, data))
		if want := maxCell * len("号"); tb.text < want || tb.text > want+200 {
			t.Errorf("%s: %d bytes of text, want %d for the long cell", name, tb.text, want)
		}
	}
}

// Reading and planning end within a second when nobody wants them any more.
func TestStopped(t *testing.T) {
	rows := strings.Repeat("东城区,七区社区,甲,1号楼,1,\"1-99,101-199,201-299\"\n", 150_000)
	text := "区,社区,小区,楼号,户数,房号\n" + rows
	book := mergedBomb(t, strings.Repeat("x", 20), 35_000)
	for name, data := range map[string][]byte{"csv": []byte(text), "xlsx": book} {
		ctx, cancel := context.WithCancelCause(t.Context())
		why := errors.New("somebody asked")
		time.AfterFunc(50*time.Millisecond, func() { cancel(why) })
		quick(t, time.Second, func() {
			if _, err := ReadAny(ctx, "r", bytes.NewReader(data)); !errors.Is(err, why) {
				t.Errorf("%s: %v, want %v", name, err, why)
			}
		})
	}
	// One project of very many buildings, and very many projects.
	var one, many strings.Builder
	for i := range MaxRows {
		fmt.Fprintf(&one, "东城区,街,七区社区,甲,%d号楼,1\n", i)
		fmt.Fprintf(&many, "东城区,街,七区社区,甲%d,,1\n", i)
	}
	for name, text := range map[string]string{"one project": one.String(), "many": many.String()} {
		file := mustRead(t, "区,街道,社区,小区,楼号,户数\n"+text)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(30*time.Millisecond, cancel)
		quick(t, time.Second, func() {
			plan, err := MakePlanTelling(ctx, Register{}, file, survey.CityScope(), true, nil)
			if !errors.Is(err, context.Canceled) || len(plan.Projects) > 0 {
				t.Errorf("%s: %d projects, %v", name, len(plan.Projects), err)
			}
		})
	}
}

// Lines that are no rows count too, and a hundred notes say as much as
// half a million.
func TestManyNotes(t *testing.T) {
	head := "区,社区,小区,楼号,户数\n东城区,七区社区,甲,1号楼,1\n"
	_, err := ReadAny(t.Context(), "r.csv", strings.NewReader(head+strings.Repeat("合计,,,,9\n", maxLines)))
	wantFileError(t, err, survey.TooLarge, "roster.error.too_many_rows")

	const lines = 300_000
	text := head + strings.Repeat("合计,,,,9\n", lines)
	file, size := grown(func() File { return mustRead(t, text) })
	if size > 8<<20 {
		t.Errorf("the file keeps %d KiB", size>>10)
	}
	if len(file.Notes) > mostNotes+2 {
		t.Errorf("%d notes", len(file.Notes))
	}
	if !hasNote(file.Notes, "roster.note.more", lines-mostNotes) || !hasNote(file.Notes, "roster.note.totals", lines) {
		t.Errorf("the others are not counted: %+v", file.Notes[mostNotes:])
	}

	var doubles strings.Builder
	doubles.WriteString("区,街道,社区,小区,楼号,户数\n")
	for range 5000 {
		doubles.WriteString("东城区,街,七区社区,甲,1号楼,1\n")
	}
	plan := planOf(t, Register{}, doubles.String())
	if len(plan.Notes) != mostNotes+1 || !hasNote(plan.Notes, "roster.note.more", 4999-mostNotes) {
		t.Errorf("%d notes of the plan: %+v", len(plan.Notes), plan.Notes[len(plan.Notes)-1])
	}
	if last, more := plan.Notes[mostNotes-1], plan.Notes[mostNotes]; last.Row != more.Row {
		t.Errorf("how many more there are stands at row %d, and the last one at %d", more.Row, last.Row)
	}
}

func hasNote(notes []Note, key string, count int) bool {
	for _, n := range notes {
		if n.Key == key && n.Args["Count"] == count {
			return true
		}
	}
	return false
}

// Of hundreds of thousands of mistakes some thousands are named, all are
// counted, and the memory is that of the rows.
func TestManyRefusals(t *testing.T) {
	text := "区,社区,小区,楼号,单元数,户数,入住户数,总户数,项目入住户数\n" +
		strings.Repeat("东城区,七区社区,甲,1号楼,x,x,x,x,x\n", MaxRows-1) + "东城区,七区社区,甲,2号楼,1,1,,,\n"
	file, size := grown(func() File { return mustRead(t, text) })
	if size > 120<<20 {
		t.Errorf("the file keeps %d MiB", size>>20)
	}
	plan, size := grown(func() Plan { return MakePlan(Register{}, file, survey.CityScope(), true) })
	if size > 32<<20 {
		t.Errorf("the plan keeps %d MiB", size>>20)
	}
	if len(plan.Refused) != MostRefused {
		t.Errorf("%d refusals, want %d", len(plan.Refused), MostRefused)
	}
	if _, _, _, refused := plan.Counts(); refused != MaxRows {
		t.Errorf("%d rows are refused, want %d", refused, MaxRows)
	}
	if plan.MoreRefused <= 0 || plan.Refused[0].Row != 2 || plan.Refused[0].Reason.Key != "roster.refused.not_a_number" {
		t.Errorf("%d more; the first: %+v", plan.MoreRefused, plan.Refused[0])
	}
	runtime.KeepAlive(file)
}

// A file of lists that cannot be read is given up like one of too many rooms,
// and a list that stands in every line is read once.
func TestManyLists(t *testing.T) {
	var lists strings.Builder
	for hundred := range 99 {
		fmt.Fprintf(&lists, "%d01-%d99 ", hundred+1, hundred+1)
	}
	head := "区,社区,小区,楼号,房号\n"
	same := head + strings.Repeat("东城区,七区社区,甲,1号楼,"+lists.String()+"?\n", 30_000)
	quick(t, 5*time.Second, func() {
		if f := mustRead(t, same); len(f.Rows) != 30_000 || len(f.Rows[0].Errors) != 1 {
			t.Errorf("%d rows, %+v", len(f.Rows), f.Rows[0])
		}
	})
	var other strings.Builder
	other.WriteString(head)
	for i := range 2000 {
		fmt.Fprintf(&other, "东城区,七区社区,甲,1号楼,%s ?%d\n", lists.String(), i)
	}
	quick(t, 10*time.Second, func() {
		_, err := ReadAny(t.Context(), "r.csv", strings.NewReader(other.String()))
		wantFileError(t, err, survey.TooLarge, "roster.error.too_many_rooms")
	})
}
