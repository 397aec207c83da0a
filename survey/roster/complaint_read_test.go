package roster

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"meihao/survey"
)

// readLog reads a file of complaints that must be readable.
func readLog(t testing.TB, name, data string) ComplaintFile {
	t.Helper()
	file, err := ReadComplaints(t.Context(), name, strings.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return file
}

func clock(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, beijing())
	must(t, err)
	return at
}

const (
	logHeader = "工单编号,诉求来源,所在区,社区,小区名称,诉求类型,受理时间,首次响应时间,办结时间,是否回访重开,是否有效\n"
	logRow    = "GD-1,12345,东城区,七区社区,幸福家园,紧急,2023-07-01 09:05,2023-07-01 09:40,2023-07-01 18:00,否,是\n"
)

// One ticket comes out alike, however the file was written.
func TestReadLog(t *testing.T) {
	want := readLog(t, "plain", logHeader+logRow).Rows
	if c := want[0].Ticket; len(want) != 1 || c.Number != "GD-1" || c.Source != "12345" || c.Class != survey.Urgent || c.Named != "幸福家园" || !c.Valid || c.Reopened ||
		!c.Received.Equal(clock(t, "2023-07-01 09:05:00")) || !c.FirstResponse.Equal(clock(t, "2023-07-01 09:40:00")) || !c.Resolved.Equal(clock(t, "2023-07-01 18:00:00")) {
		t.Fatalf("the ticket is %+v", want)
	}
	other := strings.NewReplacer("工单编号", "诉求编号", "诉求来源", "来 源", "社区", "所属社区", "小区名称", "项目名称", "诉求类型", "紧急程度",
		"受理时间", "接收时间（年月日时分）", "首次响应时间", "响应时间", "办结时间", "解决时间", "是否回访重开", "是否重开", "是否有效", "有效").Replace(logHeader)
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(logHeader + logRow)
	must(t, err)
	cells := func(line string) (row []any) {
		for c := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			row = append(row, c)
		}
		return row
	}
	serial := cells(logRow)
	serial[6], serial[7], serial[8] = 45108+545.0/1440, 45108+580.0/1440, 45108.75
	for name, data := range map[string]string{
		"gb18030":       gb,
		"tabs":          strings.ReplaceAll(logHeader+logRow, ",", "\t"),
		"other headers": other + logRow,
		"marks":         logHeader + strings.NewReplacer("否", "×", "是", "√", "紧急", "URGENT").Replace(logRow),
		"full width":    logHeader + strings.NewReplacer("09:05", "０９：０５", "紧急", " 紧 急 ").Replace(logRow),
		"other order":   "是否有效,受理时间,小区名称,首次响应时间,工单编号,办结时间,所在区,诉求来源,社区,诉求类型,是否回访重开\n是,2023-07-01 09:05,幸福家园,2023-07-01 09:40,GD-1,2023-07-01 18:00,东城区,12345,七区社区,紧急,否\n",
		"twice":         logHeader + logRow + logRow,
		"workbook":      string(written(t, book(t, map[string][][]any{"工单": {cells(logHeader), serial}}))),
		"without marks": strings.TrimSuffix(logHeader, ",是否回访重开,是否有效\n") + "\n" + strings.TrimSuffix(logRow, ",否,是\n") + "\n",
		"titles, pages": "2023年7月诉求工单\n统计单位：某某中心\n" + logHeader + logRow + logHeader + "合计,1\n",
	} {
		got := readLog(t, name, data).Rows
		for i := range got {
			got[i].Sheet, got[i].Number = "", 2
		}
		if name == "twice" {
			got = got[1:]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A moment is read in all the ways that offices and spreadsheets write it, and
// what could be two things is none.
func TestTimeOf(t *testing.T) {
	for cell, want := range map[string]string{
		"2023-07-01 09:05": "2023-07-01 09:05:00", "2023/7/1 9:05": "2023-07-01 09:05:00", "2023年7月1日 9:05": "2023-07-01 09:05:00",
		"2023年7月1日9时5分": "2023-07-01 09:05:00", "2023年07月01日 09时05分30秒": "2023-07-01 09:05:30", "2023年7月1日 9时": "2023-07-01 09:00:00",
		"2023.7.1 9:05": "2023-07-01 09:05:00", "2023-07-01T09:05:00": "2023-07-01 09:05:00", "2023-07-01T01:05:00Z": "2023-07-01 09:05:00",
		"2023-07-01T09:05:00.250+08:00": "2023-07-01 09:05:00.25", "20230701 0905": "2023-07-01 09:05:00", "20230701090530": "2023-07-01 09:05:30",
		"45108.378472222": "2023-07-01 09:05:00", "45108": "2023-07-01 00:00:00", "2023-07-01": "2023-07-01 00:00:00", "20230701": "2023-07-01 00:00:00",
		"2023年7月1日 下午3:05": "2023-07-01 15:05:00", "2023/7/1 上午12:05": "2023-07-01 00:05:00", "2023-7-1 12:05 PM": "2023-07-01 12:05:00",
		"7/1/2023 9:05": "", "23-7-1 9:05": "", "2023-02-30 9:05": "", "2023-07-01 24:30": "", "2023-7-1 下午15:05": "", "7月1日 9:05": "", "9:05": "",
		"NaN": "", "Inf": "", "0x1p16": "", "1e5": "", "36525": "", "73416": "", "1899-12-30 9:05": "", "2200-01-01 0:00": "", "昨天": "", "45108,5": "",
	} {
		at, day, is := timeOf(cell)
		got := ""
		if is {
			got = at.In(beijing()).Format("2006-01-02 15:04:05.999")
		}
		if got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
		if is && day != (want[11:] == "00:00:00") {
			t.Errorf("%s: a day without a clock: %t", cell, day)
		}
	}
}

func TestMonthOf(t *testing.T) {
	for cell, want := range map[string]int{
		"2023年7月": 202307, "2023年07月份": 202307, "2023-07": 202307, "2023/7": 202307, "2023.07": 202307, "202307": 202307, "2023-07-01": 202307,
		"2023年7月1日": 202307, "45108": 202307, "2023年7月诉求量": 202307, "7月": 202207, "12月份": 202212, " 7 月 ": 202207,
		"": 0, "13月": 0, "0月": 0, "2023年13月": 0, "2023-07-02": 0, "45109": 0, "2023": 0, "1999年7月": 0, "7": 0, "7月15日": 0, "上月": 0, "2023年": 0, "202313": 0,
	} {
		if got, _ := monthOf(cell, 2022); got != want {
			t.Errorf("%q is %d, want %d", cell, got, want)
		}
	}
	if m, is := monthOf("7月", 0); is {
		t.Errorf("July of no year is %d", m)
	}
}

// Totals have a column or a line a month; an empty cell says nothing, and a
// year may stand above.
func TestReadMonths(t *testing.T) {
	type total struct {
		month int
		count int64
	}
	for name, c := range map[string]struct {
		data string
		want []total
	}{
		"columns":            {"区,小区名称,2023年1月,2023年2月,2023年3月\n东城区,幸福家园,3,,0\n", []total{{202301, 3}, {202303, 0}}},
		"lines":              {"小区名称,月份,有效诉求量\n幸福家园,2023-01,3\n幸福家园,2023年2月,\"1,024\"\n合计,,9\n", []total{{202301, 3}, {202302, 1024}}},
		"a year above":       {"2023年诉求量统计表\n区,小区名称,1月,2月\n东城区,幸福家园,3,4\n", []total{{202301, 3}, {202302, 4}}},
		"two years above":    {",,2022年,2023年,\n区,小区名称,12月,1月,2月\n东城区,幸福家园,1,2,3\n", []total{{202212, 1}, {202301, 2}, {202302, 3}}},
		"days of sheets":     {"小区名称,44927,44958\n幸福家园,3,4\n", []total{{202301, 3}, {202302, 4}}},
		"lines, year above":  {"2023年度\n小区名称,月份,诉求量\n幸福家园,1月,3\n", []total{{202301, 3}}},
		"a column too many":  {"小区名称,合计,2023年1月\n幸福家园,3,3\n", []total{{202301, 3}}},
		"a name with a word": {"小区名称,2023年1月\n合计花园,3\n", []total{{202301, 3}}},
	} {
		file := readLog(t, name, c.data)
		var got []total
		for _, r := range file.Rows {
			if len(r.Errors) > 0 || r.Project == "" {
				t.Errorf("%s: %+v", name, r)
			}
			got = append(got, total{r.Month, r.Count})
		}
		if file.Form != Months {
			t.Errorf("%s is %s", name, file.Form)
		}
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(total{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, data := range []string{"小区名称,1月,2月\n幸福家园,3,4\n", "小区名称,备注\n幸福家园,3\n"} {
		_, err := ReadComplaints(t.Context(), "x.csv", strings.NewReader(data))
		wantFileError(t, err, survey.Invalid, "complaint.error.header")
	}
}

func TestReadRanks(t *testing.T) {
	file := readLog(t, "ranks", "名次,项目登记号,小区名称,参评项目数\n第3名,BJ-001,幸福家园,\"8,012\"\n并列3,BJ-002,安定里,\n0,BJ-003,某苑,9\n,BJ-004,某园,9\n")
	if file.Form != Ranks || file.Rows[0].Rank != 3 || file.Rows[0].Of != 8012 || file.Rows[1].Rank != 3 || file.Rows[1].Of != 0 {
		t.Errorf("%+v", file.Rows)
	}
	for _, r := range file.Rows[2:] {
		if diff := cmp.Diff([]string{"complaint.row.count"}, keys(r.Errors)); diff != "" {
			t.Errorf("row %d: %s", r.Number, diff)
		}
	}
}

// What a line does not say clearly is refused and never guessed.
func TestRefusedTickets(t *testing.T) {
	for name, c := range map[string]struct{ old, new, key string }{
		"no number":         {"GD-1", "", "complaint.row.number"},
		"a rounded number":  {"GD-1", "1.10105E+17", "complaint.row.number"},
		"no project":        {"幸福家园", "", "complaint.row.project"},
		"no receipt":        {"2023-07-01 09:05", "", "complaint.row.time"},
		"an unclear time":   {"2023-07-01 09:05", "7/1/23", "complaint.row.time"},
		"an early response": {"2023-07-01 09:40", "2023-07-01 09:04", "complaint.row.before"},
		"an early end":      {"2023-07-01 18:00", "2023-06-30 18:00", "complaint.row.before"},
		"an unknown class":  {"紧急", "尽快", "complaint.row.class"},
		"neither yes or no": {"否,是", "否,不清楚", "complaint.row.yes"},
	} {
		row := readLog(t, name, logHeader+strings.Replace(logRow, c.old, c.new, 1)).Rows[0]
		if diff := cmp.Diff([]string{c.key}, keys(row.Errors)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	row := readLog(t, "nothing yet", logHeader+strings.NewReplacer("2023-07-01 09:40", "无", "2023-07-01 18:00", "—", "紧急", "").Replace(logRow)).Rows[0]
	if len(row.Errors) > 0 || !row.Ticket.FirstResponse.IsZero() || !row.Ticket.Resolved.IsZero() || row.Ticket.Class != survey.Normal {
		t.Errorf("nothing yet: %+v", row)
	}
}

// A column that says the day only is told of, once.
func TestDaysWithoutClock(t *testing.T) {
	file := readLog(t, "days", logHeader+strings.NewReplacer("2023-07-01 09:05", "2023-07-01").Replace(logRow+strings.Replace(logRow, "GD-1", "GD-2", 1)))
	if len(file.Notes) != 1 || file.Notes[0].Key != "complaint.note.day" || file.Notes[0].Row != 2 || file.Notes[0].Args["Column"] != "受理时间" {
		t.Errorf("notes: %+v", file.Notes)
	}
}

// The ten broken files: those that are nothing as a whole are refused with a
// reason, of the others each wrong row is.
func TestBrokenComplaints(t *testing.T) {
	var rows strings.Builder
	rows.WriteString(logHeader)
	for range MaxRows + 1 {
		rows.WriteString(logRow)
	}
	generated := map[string]string{
		"too-many-rows": rows.String(),
		"too-large":     logHeader + strings.Repeat(logRow, MaxBytes/len(logRow)+1),
	}
	for name, c := range map[string]struct {
		kind survey.Kind
		key  string
	}{
		"wrong-header.csv": {survey.Invalid, "complaint.error.header"},
		"no-header.csv":    {survey.Invalid, "complaint.error.header"},
		"register.csv":     {survey.Invalid, "complaint.error.header"},
		"empty.csv":        {survey.Invalid, "complaint.error.header"},
		"binary.csv":       {survey.Invalid, "complaint.error.not_table"},
		"encrypted.xlsx":   {survey.Invalid, "roster.error.encrypted"},
		"bomb.xlsx":        {survey.TooLarge, "roster.error.unpacked"},
		"too-many-rows":    {survey.TooLarge, "roster.error.too_many_rows"},
		"too-large":        {survey.TooLarge, "roster.error.too_large"},
	} {
		data, is := generated[name]
		if !is {
			read, err := os.ReadFile(filepath.Join("testdata", "complaints", name))
			must(t, err)
			data = string(read)
		}
		file, err := ReadComplaints(t.Context(), name, strings.NewReader(data))
		var e *survey.Error
		if !errors.As(err, &e) || e.Kind != c.kind || e.Key != c.key || e.Fields["file"].Key != c.key || len(file.Rows) > 0 {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}

	data, err := os.ReadFile("testdata/complaints/mixed-dates.csv")
	must(t, err)
	plan := PlanComplaints(knownCity(t), readLog(t, "mixed-dates.csv", string(data)))
	if added, _, _, refused := plan.Counts(); added != 3 || refused != 8 {
		t.Errorf("%d added, %d refused", added, refused)
	}
	var got []string
	for _, r := range plan.Refused {
		got = append(got, r.At()+" "+strings.TrimPrefix(r.Reason.Key, "complaint.row."))
	}
	want := []string{"4 time", "5 time", "6 time", "7 time", "8 before", "9 before", "10 future", "11 time"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if at := plan.Tickets[2].Complaint.Received; !at.Equal(clock(t, "2023-07-03 15:05:00")) {
		t.Errorf("下午3:05 is %s", at)
	}
}
