package survey_test

import (
	"testing"

	"meihao/survey"
)

// enrolled makes an enrolment of 100 homes with n counted answers in both
// bases, k of them satisfied, and its shown copies taken at the end.
func enrolled(t *testing.T, n, k int) survey.Enrolment {
	t.Helper()
	q := defaultQuestionnaire(t)
	e := survey.Enrolment{Homes: survey.Homes{Households: 100}}
	for i := range n {
		code := "2"
		if i < k {
			code = "5"
		}
		addResponse(t, q, &e, survey.BothBases, code)
	}
	e.Owner, e.Resident = e.Tally.ShowBase(survey.ByRoom, survey.OwnerBase), e.Tally.ShowBase(survey.ByRoom, survey.ResidentBase)
	return e
}

func addResponse(t *testing.T, q *survey.Questionnaire, e *survey.Enrolment, bases survey.Bases, code string) {
	t.Helper()
	r, err := q.Read(values("S1", "OWNER", "S2", "Y", "Q1", code))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Tally.Add(q, survey.Response{Bases: bases, Group: 1, Lane: survey.RoomLane, State: survey.Counted, Answers: q.Pack(r)}, 1); err != nil {
		t.Fatal(err)
	}
}

// What is shown of a base, in letters: n(umbers), w(ord), k (and rate), and why not.
func seen(r survey.Result) string {
	s := ""
	if r.Answered != nil {
		s += "n"
	}
	if r.Item11 != "" {
		s += "w"
	}
	if r.Satisfied != nil && r.Rate != "" && r.Interval != nil && r.DontKnow != nil {
		s += "k"
	}
	if r.Hidden != "" {
		s += " " + r.Hidden
	}
	return s
}

func TestWhoSeesWhat(t *testing.T) {
	during, after := moment("2026-09-10T00:00:00+08:00"), moment("2026-09-22T00:00:00+08:00")
	cases := []struct {
		name     string
		answers  int
		role     survey.Role
		ended    bool
		want     string
		oneBase  int
		resident string
	}{
		{"community while it runs", 50, survey.CommunityRole, false, " role", 0, " role"},
		{"subdistrict while it runs", 50, survey.SubdistrictRole, false, " role", 0, " role"},
		{"district while it runs", 50, survey.DistrictRole, false, "nwk", 0, "nwk"},
		{"city, ten answers", 10, survey.CityRole, false, "nwk", 0, "nwk"},
		{"city, nine answers", 9, survey.CityRole, false, " too_few", 0, " too_few"},
		{"community after it", 50, survey.CommunityRole, true, "nwk", 0, "nwk"},
		{"district after it, nine answers", 9, survey.DistrictRole, true, "nw too_few", 0, "nw too_few"},
		{"community after it, nine answers", 9, survey.CommunityRole, true, "n too_few", 0, "n too_few"},
		{"one in one base only", 50, survey.DistrictRole, true, "nwk", 1, "nw too_few"},
		{"ten in one base only", 50, survey.DistrictRole, true, "nwk", 10, "nwk"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := enrolled(t, c.answers, c.answers)
			for range c.oneBase {
				addResponse(t, defaultQuestionnaire(t), &e, survey.OwnerBase, "1")
			}
			now := during
			if c.ended {
				now = after
			}
			s := survey.Stand(running(), e, c.role, now)
			if got := seen(s.Owner); got != c.want {
				t.Errorf("owner base shows %q, want %q", got, c.want)
			}
			if got := seen(s.Resident); got != c.resident {
				t.Errorf("resident base shows %q, want %q", got, c.resident)
			}
			if s.Turnout.Answered != int64(c.answers) {
				t.Errorf("turnout %d, want %d for everybody", s.Turnout.Answered, c.answers)
			}
		})
	}
}

// Before closing a reader sees the shown copy, not the live counters.
func TestLiveFiguresAreTheShownCopy(t *testing.T) {
	e := enrolled(t, 20, 20)
	for range 4 {
		addResponse(t, defaultQuestionnaire(t), &e, survey.BothBases, "1")
	}
	live := survey.Stand(running(), e, survey.CityRole, moment("2026-09-10T00:00:00+08:00"))
	if *live.Owner.Answered != 20 || live.Owner.Rate != "100.0%" {
		t.Errorf("live figures are %d, %s", *live.Owner.Answered, live.Owner.Rate)
	}
	exact := survey.Stand(running(), e, survey.CityRole, moment("2026-09-22T00:00:00+08:00"))
	if *exact.Owner.Answered != 24 || exact.Owner.Rate != "83.3%" {
		t.Errorf("exact figures are %d, %s", *exact.Owner.Answered, exact.Owner.Rate)
	}
}

func TestLeagueOrderAndSums(t *testing.T) {
	after := moment("2026-09-22T00:00:00+08:00")
	row := func(id survey.ID, homes, n, k int) survey.Enrolment {
		e := enrolled(t, n, k)
		e.Homes.Households = homes
		e.Project = survey.Project{ID: id, Place: survey.Place{District: 1, Area: survey.Area{District: "D"}}}
		return e
	}
	enrolments := []survey.Enrolment{row(1, 500, 0, 0), row(2, 500, 12, 12), row(3, 500, 470, 430), row(4, 500, 9, 9)}
	rows := survey.Glances(running(), enrolments, survey.CityRole, after)
	survey.SortGlances(rows)
	for i, want := range []survey.ID{3, 2} {
		if rows[i].Project.ID != want {
			t.Errorf("place %d is project %d, want %d", i+1, rows[i].Project.ID, want)
		}
	}
	sums := survey.Sums(rows, survey.DistrictLevel)
	if len(sums) != 1 || sums[0].Projects != 4 || sums[0].Shown != 2 || sums[0].Owner.Answered != 482 || sums[0].Owner.Satisfied != 442 {
		t.Errorf("sums are %+v", sums)
	}
}

func TestOpenAdmissionIsIndicative(t *testing.T) {
	c := running()
	c.Admission = survey.ByOpen
	e := enrolled(t, 95, 95)
	for cell, score := range e.Tally.Cells {
		delete(e.Tally.Cells, cell)
		cell.Lane = survey.OpenLane
		e.Tally.Cells[cell] = score
	}
	s := survey.Stand(c, e, survey.CityRole, moment("2026-09-22T00:00:00+08:00"))
	if s.Owner.Item11 != survey.NotAssessable || s.Owner.Veto61 != survey.Undetermined || s.Owner.Points != nil {
		t.Errorf("an open campaign says %s, %s", s.Owner.Item11, s.Owner.Veto61)
	}
}

// The bases' copies may be of different moments: few in one base only are not
// given away by putting an old copy beside a new one (RULES §8).
func TestFewInOneBaseAcrossCopies(t *testing.T) {
	e := enrolled(t, 10, 10)
	for range 5 {
		addResponse(t, defaultQuestionnaire(t), &e, survey.OwnerBase, "1")
	}
	e.Owner = e.Tally.ShowBase(survey.ByRoom, survey.OwnerBase) // five more: made anew
	s := survey.Stand(running(), e, survey.DistrictRole, moment("2026-09-10T00:00:00+08:00"))
	if got := seen(s.Owner); got != "nwk" {
		t.Errorf("owner base shows %q", got)
	}
	if got := seen(s.Resident); got != "nw too_few" {
		t.Errorf("resident base shows %q beside it", got)
	}
}

func TestWarnings(t *testing.T) {
	e := enrolled(t, 20, 20)
	e.Groups = survey.Groups(buildings(60, 30, 4, 10)) // answers are in the first group
	keys := func() map[string]int {
		got := map[string]int{}
		for _, m := range survey.Stand(running(), e, survey.CityRole, moment("2026-09-22T00:00:00+08:00")).Warnings {
			got[m.Key]++
		}
		return got
	}
	if got := keys(); got["warning.silent"] != 2 || len(got) != 1 {
		t.Errorf("warnings %v, want two silent groups", got)
	}
	e.Tally.Cells[survey.Cell{Bases: survey.BothBases, State: survey.Held, Lane: survey.RoomLane, Group: 1}] = survey.Score{Responses: 6}
	if got := keys(); got["warning.outside"] != 1 {
		t.Errorf("6 of 26 held: %v", got)
	}
	e.Tally.Cells[survey.Cell{Bases: survey.BothBases, State: survey.Counted, Lane: survey.OpenLane, Group: 1}] = survey.Score{Responses: 900}
	if got := keys(); got["warning.outside"] != 1 {
		t.Errorf("feedback drowned the warning: %v", got)
	}
}
