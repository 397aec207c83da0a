package survey_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/static"
	"meihao/survey"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDefaultActivityHasTheFiguresOf2023(t *testing.T) {
	a := survey.DefaultActivity(at("2022-12-31T16:00:00Z")) // it is 2023 in Beijing
	if a.Year != 2023 || a.Order != "" || a.DistrictCap != 10 || a.NomineesLeast != 2 || a.NomineesMost != 3 || a.CityTitles != 20 || a.MinistryCases != 3 {
		t.Errorf("%+v", a)
	}
	if want := at("2023-09-20T23:59:59+08:00"); !a.DistrictDue.Equal(want) || !a.ReportDue.Equal(want) {
		t.Errorf("due %s, %s", a.DistrictDue, a.ReportDue)
	}
	if !a.ComplaintsFrom.Equal(at("2023-01-01T00:00:00+08:00")) || !a.ComplaintsTo.Equal(at("2024-01-01T00:00:00+08:00")) {
		t.Errorf("complaints %s to %s", a.ComplaintsFrom, a.ComplaintsTo)
	}
	if err := a.Check(); err != nil {
		t.Error(err)
	}
}

// 2024's round is another record: one nominee by 30 September, out of a pool.
func TestTheRoundOf2024IsPlainData(t *testing.T) {
	a := survey.DefaultActivity(at("2024-06-01T00:00:00+08:00"))
	a.Document, a.Pooled, a.DistrictCap, a.NomineesLeast, a.NomineesMost = "京建发〔2024〕372号", true, 1, 1, 1
	a.DistrictDue = at("2024-09-30T23:59:59+08:00")
	if err := a.Check(); err != nil {
		t.Error(err)
	}
}

func TestActivityWorks(t *testing.T) {
	a := survey.DefaultActivity(at("2026-06-01T00:00:00+08:00"))
	a.Ended = at("2026-11-01T00:00:00+08:00")
	for _, row := range []struct{ now, key string }{
		{"2025-12-31T23:59:59+08:00", "error.activity.planned"},
		{"2026-01-01T00:00:00+08:00", ""},
		{"2026-10-31T23:59:59+08:00", ""},
		{"2026-11-01T00:00:00+08:00", "error.activity.ended"},
	} {
		err, key := a.Works(at(row.now)), ""
		if e := new(survey.Error); errors.As(err, &e) {
			key = e.Key
		}
		if key != row.key {
			t.Errorf("%s: %q, want %q", row.now, key, row.key)
		}
	}
}

func TestLateBeginsAfterTheLastMoment(t *testing.T) {
	due := at("2026-09-20T23:59:59+08:00")
	if survey.Late(due, due) || !survey.Late(due, due.Add(time.Second)) || survey.Late(time.Time{}, due) {
		t.Error("late is after the due moment, and never where there is none")
	}
	task := survey.Task{Due: due, DoneAt: due}
	if task.Late(due.AddDate(0, 1, 0)) {
		t.Error("what was done in time is not late afterwards")
	}
}

func TestActivityCheckNamesTheField(t *testing.T) {
	for field, spoil := range map[string]func(*survey.Activity){
		"year":           func(a *survey.Activity) { a.Year = 23 },
		"name":           func(a *survey.Activity) { a.Name = " " },
		"order":          func(a *survey.Activity) { a.Order = "name_first" },
		"district_cap":   func(a *survey.Activity) { a.DistrictCap = 0; a.NomineesLeast, a.NomineesMost = 0, 0 },
		"nominees_most":  func(a *survey.Activity) { a.NomineesMost = a.DistrictCap + 1 },
		"city_titles":    func(a *survey.Activity) { a.CityTitles, a.MinistryCases = 0, 0 },
		"ministry_cases": func(a *survey.Activity) { a.MinistryCases = a.CityTitles + 1 },
		"objection_days": func(a *survey.Activity) { a.ObjectionDays = -1 },
		"starts":         func(a *survey.Activity) { a.Starts = time.Time{} },
		"district_due":   func(a *survey.Activity) { a.DistrictDue = a.Starts },
		"report_due":     func(a *survey.Activity) { a.ReportDue = a.Starts },
		"complaints_to":  func(a *survey.Activity) { a.ComplaintsTo = a.ComplaintsFrom },
	} {
		a := survey.DefaultActivity(at("2026-06-01T00:00:00+08:00"))
		spoil(&a)
		var e *survey.Error
		if err := a.Check(); !errors.As(err, &e) || e.Kind != survey.Invalid || len(e.Fields) != 1 || e.Fields[field].Key == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestChangeKeepsWhatAnActivityIs(t *testing.T) {
	now := at("2026-06-01T00:00:00+08:00")
	a := survey.DefaultActivity(now)
	a.ID, a.Revision = 7, 3
	to := survey.DefaultActivity(now)
	to.Name, to.RulesVersion, to.Ended, to.ID = "改名", "other", now, 9
	if err := a.Change(to, now); err != nil || a.Name != "改名" || a.ID != 7 || a.RulesVersion != survey.RulesVersion || !a.Ended.IsZero() || a.Revision != 3 {
		t.Errorf("%+v, %v", a, err)
	}
	if err := a.End(now); err != nil {
		t.Fatal(err)
	}
	if err := a.Change(to, now); survey.KindOf(err) != survey.Conflict {
		t.Errorf("changed after its end: %v", err)
	}
	if err := a.End(now.Add(time.Hour)); survey.KindOf(err) != survey.Conflict || !a.Ended.Equal(now) {
		t.Errorf("ended twice: %v", err)
	}
}

func TestStepsOfAnApplication(t *testing.T) {
	want := map[survey.Mode]map[survey.ApplicationStage][]survey.ApplicationStage{
		survey.Voluntary: {
			survey.Applied: {survey.Reviewed, survey.Returned, survey.Declined}, survey.Reviewed: {survey.Accepted, survey.Returned, survey.Declined},
			survey.Accepted: {survey.Declined}, survey.Returned: nil, survey.Declined: nil, survey.Withdrawn: nil,
		},
		survey.WholeDistrict: {
			survey.Applied: {survey.Accepted, survey.Returned, survey.Declined}, survey.Reviewed: {survey.Accepted, survey.Returned, survey.Declined},
			survey.Accepted: {survey.Declined}, survey.Returned: nil, survey.Declined: nil, survey.Withdrawn: nil,
		},
	}
	for _, m := range survey.Modes() {
		for _, s := range survey.ApplicationStages() {
			if diff := cmp.Diff(want[m][s], s.Next(m)); diff != "" {
				t.Errorf("%s from %s (-want +got):\n%s", m, s, diff)
			}
			if s.MayApply() && len(s.Next(m)) > 0 {
				t.Errorf("%s can be applied for and decided", s)
			}
		}
	}
}

func TestReportingUnits(t *testing.T) {
	units, err := survey.Units(static.Units)
	if err != nil {
		t.Fatal(err)
	}
	if len(units) != 17 {
		t.Errorf("%d units, want 16 districts and the development area", len(units))
	}
	if u, ok := survey.UnitOf(units, "北京经济技术 开发区"); !ok || u.Code != "110400" {
		t.Errorf("%+v, %t", u, ok)
	}
	if u, ok := survey.UnitOf(units, "晨光区"); ok {
		t.Errorf("a fictional district is %+v", u)
	}
	for _, broken := range []string{"", "code,zh,en\n", "code,zh,en\n1,甲\n", "code,zh,en\n1,甲,A\n1,乙,B\n", "code,zh,en\n1,甲,A\n2,甲,B\n", "code,zh,en\n,甲,A\n"} {
		if _, err := survey.Units([]byte(broken)); err == nil {
			t.Errorf("%q was read", broken)
		}
	}
}
