package survey_test

import (
	"testing"

	"meihao/survey"
)

// splitOf is one split of a list.
func splitOf(t *testing.T, list []survey.Split, by survey.SplitKind, base survey.Bases) survey.Split {
	t.Helper()
	for _, s := range list {
		if s.By == by && s.Base == base {
			return s
		}
	}
	t.Fatalf("no split by %s of base %d", by, base)
	return survey.Split{}
}

// A project is split for those who see standings, after closing, and while no
// held answer waits; nobody in a row is a zero and no "too few", and a small row
// hides the next smallest.
func TestSplits(t *testing.T) {
	e := enrolled(t, 0, 0)
	e.Groups = []survey.Group{{Number: 1, Homes: survey.Homes{Households: 60}}, {Number: 2, Homes: survey.Homes{Households: 40}}, {Number: 3, Homes: survey.Homes{Households: 20}}, {Number: 4, Homes: survey.Homes{Households: 20}}}
	e.Tally = survey.Tally{Cells: map[survey.Cell]survey.Score{
		{Bases: survey.BothBases, State: survey.Counted, Lane: survey.RoomLane, Group: 1}: {Responses: 41, Answered: 40, Satisfied: 38},
		{Bases: survey.BothBases, State: survey.Counted, Lane: survey.RoomLane, Group: 2}: {Responses: 20, Answered: 20, Satisfied: 10},
		{Bases: survey.BothBases, State: survey.Counted, Lane: survey.RoomLane, Group: 3}: {Responses: 4, Answered: 4},
	}}
	before, after := moment("2026-09-10T00:00:00+08:00"), moment("2026-09-22T00:00:00+08:00")
	for _, s := range append(survey.Splits(running(), e, survey.CityRole, before), survey.Splits(running(), e, survey.CompanyRole, after)...) {
		if s.Hidden != survey.HiddenByRole || s.Rows != nil {
			t.Errorf("shown too early, or to a company: %+v", s)
		}
	}
	rows := splitOf(t, survey.Splits(running(), e, survey.CommunityRole, after), survey.BuildingSplit, survey.OwnerBase).Rows
	for i, want := range []struct {
		responses int64
		hidden    string
	}{{41, ""}, {20, survey.HiddenFew}, {4, survey.HiddenFew}, {0, ""}} {
		if r := rows[i]; *r.Responses != want.responses || r.Hidden != want.hidden || (r.Satisfied == nil) != (want.hidden != "") {
			t.Errorf("row %s: %d responses, hidden %q", r.Key, *r.Responses, r.Hidden)
		}
	}
	if r := rows[0]; *r.Answered != 40 || *r.Satisfied != 38 || r.Rate != "95.0%" || r.Light == "" || r.Interval == nil || r.Households != 60 {
		t.Errorf("the first row is %+v", r)
	}
	if *rows[3].Satisfied != 0 || rows[3].Rate != survey.NoRate {
		t.Errorf("nobody is %+v", rows[3])
	}
	if s := splitOf(t, survey.Splits(running(), e, survey.CommunityRole, after), survey.RelationSplit, survey.OwnerBase); s.Rows[0].Satisfied == nil || *s.Rows[1].Responses != 0 {
		t.Errorf("by relation %+v", s)
	}
	e.Tally.Cells[survey.Cell{Bases: survey.BothBases, State: survey.Held, Lane: survey.RoomLane, Group: 1}] = survey.Score{Responses: 1, Answered: 1}
	for _, s := range survey.Splits(running(), e, survey.CityRole, after) {
		if s.Hidden != survey.HiddenPending {
			t.Errorf("a project with held answers is split: %+v", s)
		}
		for _, r := range s.Rows {
			if *r.Responses > 0 && r.Satisfied != nil {
				t.Errorf("and shows %+v", r)
			}
		}
	}
}
