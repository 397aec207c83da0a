package roster

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"meihao/survey"
)

// FuzzComplaints: no file makes reading panic or answer anything but rows or
// an error that can be shown; what is planned is lawful, and planned only once.
func FuzzComplaints(f *testing.F) {
	f.Add([]byte(logHeader + logRow))
	f.Add([]byte("区,小区名称,2023年1月,2月\n东城区,幸福家园,3,\n"))
	f.Add([]byte("2023年\n小区名称,月份,诉求量\n安定里,1月,\"1,024\"\n合计,,9\n"))
	f.Add([]byte("登记号,名次,总数\nBJ-001,并列3,8000\n"))
	for _, name := range []string{"mixed-dates.csv", "wrong-header.csv", "binary.csv", "encrypted.xlsx"} {
		data, err := os.ReadFile("testdata/complaints/" + name)
		must(f, err)
		f.Add(data)
	}
	template, err := ComplaintTemplate(Tickets, "zh")
	must(f, err)
	f.Add(template)
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		file, err := ReadComplaints(t.Context(), "fuzz", bytes.NewReader(data))
		if took := time.Since(start); took > 2*time.Second+time.Duration(len(data))*10*time.Microsecond {
			t.Fatalf("%d bytes were read for %s", len(data), took)
		}
		var e *survey.Error
		if err != nil && (!errors.As(err, &e) || len(e.Fields) != 1) {
			t.Fatalf("error = %v", err)
		}
		file.From, file.To = 202301, 202312
		city := knownCity(t)
		plan := PlanComplaints(city, file)
		lawfulComplaints(t, city, file, plan)
		if again := PlanComplaints(city.taken(plan), file); !again.Empty() {
			t.Fatalf("the second import would change %+v %+v", again.Tickets, again.Totals)
		}
	})
}

// lawfulComplaints: every row is added, changed, the same, refused or says
// again what another one says, and nothing impossible is written.
func lawfulComplaints(t *testing.T, city KnownComplaints, file ComplaintFile, p ComplaintPlan) {
	t.Helper()
	added, changed, same, refused := p.Counts()
	if added+changed+same+refused > len(file.Rows) || p.Unmatched > len(p.Tickets) || len(p.Refused) > MostRefused {
		t.Fatalf("%d + %d + %d, %d refused of %d rows", added, changed, same, refused, len(file.Rows))
	}
	for _, c := range p.Tickets {
		x := c.Complaint
		if x.Number == "" || x.Received.IsZero() || x.Received.After(city.Now) || !x.Resolved.IsZero() && x.Resolved.Before(x.Received) ||
			!x.FirstResponse.IsZero() && x.FirstResponse.Before(x.Received) || x.Class == "" {
			t.Fatalf("a ticket %+v", x)
		}
	}
	for _, c := range p.Totals {
		if c.New < 0 || c.Project.ID == 0 || p.Form == Months && !isMonth(c.Month) || p.Form == Ranks && (c.New < 1 || c.New > int64(c.Of)) {
			t.Fatalf("a total %+v", c)
		}
	}
}

// manyTickets is a log of a city's year: 200,000 tickets of 8,000 projects.
func manyTickets(projects int) string {
	var log strings.Builder
	log.WriteString(logHeader)
	for i := range MaxRows {
		p := i % projects
		fmt.Fprintf(&log, "GD2023%07d,12345,第%d区,第%d社区,第%d小区,一般,2023年%d月%d日 %d:05,2023/%d/%d 18:%d,,否,是\n",
			i, p%16, p%400, p, i%12+1, i%28+1, i%12+1, i%12+1, i%28+1, 10+i%50)
	}
	return log.String()
}

// The largest file that is taken, of the largest city, in ten seconds: read,
// planned new and planned again.
func TestLargestLog(t *testing.T) {
	const projects = 8000
	city := KnownComplaints{Scope: survey.CityScope(), Tickets: map[[2]string]survey.Complaint{}, Now: clock(t, "2024-01-01 00:00:00")}
	for i := range projects {
		city.Projects = append(city.Projects, survey.Project{ID: survey.ID(i + 1), Name: fmt.Sprintf("第%d小区", i), Place: survey.Place{Area: survey.Area{
			District: fmt.Sprintf("第%d区", i%16), Community: fmt.Sprintf("第%d社区", i%400)}}})
	}
	text := manyTickets(projects)
	quick(t, 10*time.Second, func() {
		file := readLog(t, "log", text)
		plan := PlanComplaints(city, file)
		counted(t, "the largest", plan, MaxRows, 0, 0, 0)
		counted(t, "again", PlanComplaints(city.taken(plan), file), 0, 0, MaxRows, 0)
		if plan.Unmatched > 0 {
			t.Errorf("%d unmatched", plan.Unmatched)
		}
	})
}

// Tens of thousands of mistakes cost the memory of their rows, and all are
// counted; a table of months is no way around the limit of rows.
func TestManyWrongTickets(t *testing.T) {
	const rows = 50_000
	text := logHeader + strings.Repeat("GD-1,12345,东城区,,幸福家园,x,x,x,x,x,x\n", rows)
	file, size := grown(func() ComplaintFile { return readLog(t, "log", text) })
	if size > 50<<20 {
		t.Errorf("the file keeps %d MiB", size>>20)
	}
	if p := PlanComplaints(knownCity(t), file); p.RefusedRows != rows || len(p.Refused) != MostRefused || p.MoreRefused == 0 {
		t.Errorf("%d rows refused, %d named, %d more", p.RefusedRows, len(p.Refused), p.MoreRefused)
	}
	wide := "小区名称"
	for m := range 200 {
		wide += fmt.Sprintf(",%d年%d月", 2000+m/12, m%12+1)
	}
	wide += strings.Repeat("\n幸福家园"+strings.Repeat(",1", 200), 1100) + "\n"
	_, err := ReadComplaints(t.Context(), "wide.csv", strings.NewReader(wide))
	wantFileError(t, err, survey.TooLarge, "roster.error.too_many_rows")
}
