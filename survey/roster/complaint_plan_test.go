package roster

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// knownCity has two districts with two projects that share a name, and one
// district in which two do.
func knownCity(t testing.TB) KnownComplaints {
	t.Helper()
	place := func(district, community string, d, c survey.ID) survey.Place {
		return survey.Place{Area: survey.Area{District: district, Subdistrict: "一街道", Community: community}, District: d, Community: c}
	}
	return KnownComplaints{
		Projects: []survey.Project{
			{ID: 1, Register: "BJ-001", Name: "幸福家园", Place: place("东城区", "七区社区", 10, 100)},
			{ID: 2, Register: "BJ-002", Name: "安定里", Place: place("东城区", "七区社区", 10, 100)},
			{ID: 3, Register: "BJ-003", Name: "安定里", Place: place("东城区", "八区社区", 10, 101)},
			{ID: 4, Register: "BJ-004", Name: "幸福家园", Place: place("西城区", "九区社区", 20, 200)},
			{ID: 5, Register: "bj-005", Name: "光明楼（一期）", Place: place("西城区", "九区社区", 20, 200)},
		},
		Scope: survey.CityScope(), Tickets: map[[2]string]survey.Complaint{}, Totals: map[survey.ID]map[int]int64{}, Of: map[survey.ID]int{},
		Now: clock(t, "2023-12-31 12:00:00"),
	}
}

// taken is the store after a plan.
func (k KnownComplaints) taken(p ComplaintPlan) KnownComplaints {
	tickets, totals, of := map[[2]string]survey.Complaint{}, map[survey.ID]map[int]int64{}, map[survey.ID]int{}
	for key, c := range k.Tickets {
		tickets[key] = c
	}
	for id, months := range k.Totals {
		totals[id], of[id] = months, k.Of[id]
	}
	for _, c := range p.Tickets {
		x := c.Complaint
		if x.ID == 0 {
			x.ID = survey.ID(len(tickets) + 1)
		}
		tickets[[2]string{x.Source, x.Number}] = x
	}
	for _, c := range p.Totals {
		if totals[c.Project.ID] == nil {
			totals[c.Project.ID] = map[int]int64{}
		}
		totals[c.Project.ID][c.Month], of[c.Project.ID] = c.New, c.Of
	}
	k.Tickets, k.Totals, k.Of = tickets, totals, of
	return k
}

// A row is about the project that its register number names, else the one of
// its district, community and name, else the only one of that name.
func TestMatchComplaints(t *testing.T) {
	for _, c := range []struct {
		register, district, community, name, file string
		want                                      survey.ID
	}{
		{"BJ-001", "", "", "", "", 1},
		{"ＢＪ-００１", "西城区", "", "别的名字", "", 1},
		{"bj-005", "", "", "", "", 5}, {"BJ-005", "", "", "", "", 5},
		{"BJ-999", "东城区", "", "幸福家园", "", 1}, // a number nobody knows, and a name that is known
		{"BJ-999", "", "", "", "", 0},
		{"", "东城区", "七区社区", "安定里", "", 2},
		{"", "东城区", "八区社区", "安 定 里", "", 3},
		{"", "东城区", "", "安定里", "", 0}, // two of that name
		{"", "东城区", "十区社区", "安定里", "", 0},
		{"", "东城区", "十区社区", "幸福家园", "", 1}, // the only one of the district
		{"", "东城区", "", "幸福家园", "", 1},
		{"", "西城区", "", "幸福家园", "", 4},
		{"", "", "", "幸福家园", "", 0}, // two districts have it
		{"", "", "九区社区", "幸福家园", "", 4},
		{"", "", "", "幸福家园", "西城区", 4},
		{"", "", "", "光明楼(一期)", "", 5},
		{"", "南城区", "", "光明楼（一期）", "", 0},
		{"", "", "", "没有的小区", "", 0},
	} {
		p := PlanComplaints(knownCity(t), ComplaintFile{Form: Tickets, District: c.file, Rows: []ComplaintRow{{
			Register: c.register, District: c.district, Community: c.community, Project: c.name,
			Ticket: survey.Complaint{Number: "1", Class: survey.Normal, Received: clock(t, "2023-07-01 09:05:00"), Valid: true, District: c.district, Named: c.name},
		}}})
		if len(p.Tickets) != 1 || p.Tickets[0].Complaint.Project != c.want || p.Unmatched != map[bool]int{true: 1}[c.want == 0] {
			t.Errorf("%+v is matched with %+v, %d unmatched", c, p.Tickets, p.Unmatched)
		}
	}
}

func counted(t *testing.T, what string, p ComplaintPlan, want ...int) {
	t.Helper()
	added, changed, same, refused := p.Counts()
	if diff := cmp.Diff(want, []int{added, changed, same, refused}); diff != "" {
		t.Errorf("%s: %s%+v", what, diff, p.Refused)
	}
}

// The same file twice changes nothing; what changed is changed, a corrected
// name included while nobody knows the project; what a person said stays.
func TestPlanTickets(t *testing.T) {
	log := logHeader + logRow + "GD-2,12345,东城区,,某某苑,一般,2023-07-01 10:00,,,否,是\n"
	city := knownCity(t)
	first := PlanComplaints(city, readLog(t, "log", log))
	counted(t, "first", first, 2, 0, 0, 0)
	if first.Unmatched != 1 || first.Tickets[1].Complaint.District != "东城区" {
		t.Errorf("unmatched: %+v", first)
	}
	city = city.taken(first)
	again := PlanComplaints(city, readLog(t, "log", log))
	counted(t, "again", again, 0, 0, 2, 0)
	if !again.Empty() || first.Empty() || first.Digest() == again.Digest() {
		t.Error("the second plan is not empty, or the first one is")
	}
	changed := PlanComplaints(city, readLog(t, "log", strings.NewReplacer("某某苑", "某某新苑", "18:00,否", "18:00,是").Replace(log)))
	counted(t, "changed", changed, 0, 2, 0, 0)
	if changed.Digest() == again.Digest() || changed.Tickets[0].Complaint.ID == 0 {
		t.Error("the digest is that of another plan, or the id is lost")
	}

	// Somebody matched GD-2 and the file comes again, even with the row twice.
	key := [2]string{"12345", "GD-2"}
	matched := city.Tickets[key]
	matched.Project = 4
	city.Tickets[key] = matched
	twice := PlanComplaints(city, readLog(t, "log", log+strings.TrimPrefix(log, logHeader)))
	counted(t, "matched", twice, 0, 0, 2, 0)
	if twice.Unmatched != 0 || twice.Tickets[1].Complaint.Project != 4 {
		t.Errorf("matched: %+v", twice.Tickets[1])
	}
	// The same number of another source is another ticket.
	counted(t, "source", PlanComplaints(city, readLog(t, "log", logHeader+strings.Replace(logRow, "12345", "社区", 1))), 1, 0, 0, 0)
}

// Of rows that contradict one another none is taken, in whatever order.
func TestContradictions(t *testing.T) {
	other := strings.Replace(logRow, "18:00", "19:00", 1)
	third := strings.Replace(logRow, "GD-1", "GD-3", 1)
	for name, rows := range map[string]string{"two": logRow + other + third, "other way": third + other + logRow, "three": logRow + other + logRow + third} {
		p := PlanComplaints(knownCity(t), readLog(t, name, logHeader+rows))
		if len(p.Tickets) != 1 || p.Tickets[0].Complaint.Number != "GD-3" || p.RefusedRows != strings.Count(rows, "\n")-1 {
			t.Errorf("%s: %d rows refused, %+v", name, p.RefusedRows, p.Tickets)
		}
		for _, r := range p.Refused {
			if r.Reason.Key != "complaint.row.twice" || r.Reason.Args["Row"] == r.Row || r.What != "GD-1" {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
	unknown := strings.Replace(logRow, "幸福家园", "某某苑", 1)
	if p := PlanComplaints(knownCity(t), readLog(t, "unknown", logHeader+unknown+strings.Replace(unknown, "18:00", "19:00", 1))); p.Unmatched != 0 || len(p.Tickets) != 0 {
		t.Errorf("disputed and unmatched: %+v", p)
	}
	p := PlanComplaints(knownCity(t), readLog(t, "totals", "区,小区名称,月份,诉求量\n东城区,幸福家园,2023-01,3\n东城区,幸福家园,2023-01,4\n东城区,幸福家园,2023-02,4\n东城区,幸福家园,2023-02,4\n"))
	counted(t, "totals", p, 1, 0, 0, 2)
}

// Below the city only one's own: other districts' projects are refused, and so
// are tickets of other places; a row without a district is of one's own.
func TestPlanScope(t *testing.T) {
	city := knownCity(t)
	city.Scope, city.District = survey.Scope{District: 10}, "东城区"
	rows := ""
	for i, place := range []string{"东城区,,幸福家园", "西城区,,幸福家园", "西城区,,某某苑", ",,某某苑", "东城区,,某某苑", ",,幸福家园"} {
		rows += fmt.Sprintf("GD-%d,12345,%s,一般,2023-07-01 09:05,,,否,是\n", i, place)
	}
	p := PlanComplaints(city, readLog(t, "log", logHeader+rows))
	var refused []string
	for _, r := range p.Refused {
		refused = append(refused, r.What+" "+r.Reason.Key)
	}
	if diff := cmp.Diff([]string{"GD-1 complaint.row.scope", "GD-2 complaint.row.scope", "GD-3 complaint.row.scope"}, refused); diff != "" {
		t.Error(diff)
	}
	// With the file's district said, as the store does.
	file := readLog(t, "log", logHeader+rows)
	file.District = "东城区"
	if p := PlanComplaints(city, file); p.RefusedRows != 2 || p.Unmatched != 2 {
		t.Errorf("with the file's district: %d refused, %d unmatched", p.RefusedRows, p.Unmatched)
	}
	city.Tickets[[2]string{"12345", "GD-0"}] = survey.Complaint{ID: 7, Project: 4}
	if p := PlanComplaints(city, file); p.Refused[0].Reason.Key != "complaint.row.elsewhere" {
		t.Errorf("another district's ticket: %+v", p.Refused)
	}
}

// Totals and ranks want a project that is known; a total of a month to come
// and a rank beyond the number of projects are refused.
func TestPlanTotals(t *testing.T) {
	months := "区,小区名称,2023年11月,2023年12月,2024年1月\n东城区,幸福家园,3,0,\n东城区,没有的,3,4,\n西城区,幸福家园,,,5\n"
	city := knownCity(t)
	p := PlanComplaints(city, readLog(t, "months", months))
	counted(t, "months", p, 2, 0, 0, 3)
	if diff := cmp.Diff([]string{"complaint.row.unknown", "complaint.row.unknown", "complaint.row.future"}, []string{p.Refused[0].Reason.Key, p.Refused[1].Reason.Key, p.Refused[2].Reason.Key}); diff != "" {
		t.Error(diff)
	}
	city = city.taken(p)
	counted(t, "again", PlanComplaints(city, readLog(t, "months", months)), 0, 0, 2, 3)
	p = PlanComplaints(city, readLog(t, "months", strings.Replace(months, "3,0", "3,1", 1)))
	counted(t, "another zero", p, 0, 1, 1, 3)
	if c := p.Totals[1]; c.Old != 0 || c.New != 1 || c.Month != 202312 {
		t.Errorf("changed: %+v", c)
	}

	ranks := "登记号,小区名称,名次,总数\nBJ-001,,3,8012\nBJ-002,,8013,8012\nBJ-003,,3,\n"
	city = knownCity(t)
	file := readLog(t, "ranks", ranks)
	p = PlanComplaints(city, file)
	counted(t, "ranks", p, 1, 0, 0, 2)
	file.Of = 8012
	p = PlanComplaints(city, file)
	counted(t, "ranks, of said", p, 2, 0, 0, 1)
	city = city.taken(p)
	counted(t, "ranks again", PlanComplaints(city, file), 0, 0, 2, 1)
	file.Rows[0].Of = 8100
	counted(t, "of more", PlanComplaints(city, file), 0, 1, 1, 1)
}

// A file that is said to be complete says what its refused rows mean.
func TestIncompleteCoverage(t *testing.T) {
	file := readLog(t, "log", logHeader+logRow+strings.Replace(logRow, "紧急", "尽快", 1))
	if p := PlanComplaints(knownCity(t), file); len(p.Notes) != 0 {
		t.Errorf("notes: %+v", p.Notes)
	}
	file.From, file.To = 202307, 202307
	p := PlanComplaints(knownCity(t), file)
	if len(p.Notes) != 1 || p.Notes[0].Key != "complaint.note.incomplete" || p.Notes[0].Args["Count"] != 1 || len(file.Notes) != 0 {
		t.Errorf("notes: %+v", p.Notes)
	}
}

// The months that a file covers are two, whole and in their order.
func TestCheckComplaints(t *testing.T) {
	for months, ok := range map[[2]int]bool{{0, 0}: true, {202301, 202301}: true, {202301, 202312}: true, {202312, 202301}: false, {202301, 0}: false, {0, 202301}: false, {202300, 202301}: false, {202301, 202313}: false} {
		if err := (ComplaintFile{Form: Tickets, From: months[0], To: months[1]}).Check(); (err == nil) != ok {
			t.Errorf("%v: %v", months, err)
		}
	}
	if (ComplaintFile{Form: Ranks}).Check() == nil || (ComplaintFile{Form: Ranks, Document: "通报"}).Check() != nil {
		t.Error("a ranking wants its source document")
	}
}

// The files to fill in are read, and what they have as an example is not taken.
func TestComplaintTemplates(t *testing.T) {
	for _, form := range []ComplaintForm{Tickets, Months, Ranks} {
		for _, lang := range []string{"zh", "en"} {
			data, err := ComplaintTemplate(form, lang)
			must(t, err)
			file := readLog(t, "template.xlsx", string(data))
			if file.Form != form || len(file.Rows) != 2 || len(file.Rows[0].Errors)+len(file.Rows[1].Errors) > 0 {
				t.Errorf("%s %s is read as %s: %+v", form, lang, file.Form, file.Rows)
			}
			if p := PlanComplaints(knownCity(t), file); !p.Empty() || p.RefusedRows > 0 || len(p.Notes) != 1 {
				t.Errorf("%s %s: %+v", form, lang, p)
			}
		}
	}
}
