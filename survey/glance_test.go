package survey_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
)

// anyEnrolment is one with any counters, whether they can be or not.
func anyEnrolment(t *rapid.T) survey.Enrolment {
	e := survey.Enrolment{Tally: survey.Tally{Cells: map[survey.Cell]survey.Score{}}}
	e.Homes.Households = rapid.IntRange(0, 80).Draw(t, "households")
	if rapid.Bool().Draw(t, "occupancy is known") {
		e.Homes.Occupied = new(rapid.IntRange(0, e.Homes.Households).Draw(t, "occupied"))
	}
	score := rapid.Custom(func(t *rapid.T) survey.Score {
		responses := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 40)).Draw(t, "responses")
		answered := rapid.Int64Range(0, responses).Draw(t, "answered")
		return survey.Score{Responses: responses, Answered: answered, Satisfied: rapid.Int64Range(0, answered).Draw(t, "satisfied")}
	})
	for range rapid.IntRange(0, 5).Draw(t, "cells") {
		e.Tally.Cells[survey.Cell{
			Bases: survey.Bases(rapid.IntRange(1, 3).Draw(t, "bases")),
			State: rapid.SampledFrom([]survey.State{survey.Counted, survey.Held, survey.Excluded}).Draw(t, "state"),
			Lane:  rapid.SampledFrom(survey.Lanes()).Draw(t, "lane"),
		}] = score.Draw(t, "score")
	}
	shown := rapid.Custom(func(t *rapid.T) survey.Shown {
		return survey.Shown{Counted: score.Draw(t, "counted"), OneBase: rapid.Int64Range(0, 12).Draw(t, "in one base")}
	})
	e.Owner, e.Resident = shown.Draw(t, "owner"), shown.Draw(t, "resident")
	return e
}

// A glance sees what a standing shows, and nothing that it hides.
func TestGlanceIsTheStanding(t *testing.T) {
	during, after := moment("2026-09-10T00:00:00+08:00"), moment("2026-09-22T00:00:00+08:00")
	base := func(t *rapid.T, what string, g survey.BaseGlance, r survey.Result) {
		want := survey.BaseGlance{Households: r.Households, NeededFull: r.NeededFull, Light: r.Light, Hidden: r.Hidden}
		if r.Answered != nil {
			want.Answered = *r.Answered
		}
		if r.Satisfied != nil {
			want.Satisfied = *r.Satisfied
		}
		seen := survey.BaseGlance{Households: g.Households, NeededFull: g.NeededFull, Answered: g.Answered, Satisfied: g.Satisfied, Light: g.Light, Hidden: g.Hidden}
		if seen != want || g.SeesAnswers() != (r.Answered != nil) || g.SeesRate() != (r.Satisfied != nil) {
			t.Fatalf("%s base: a glance sees %+v, the standing shows %+v", what, seen, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		e, c := anyEnrolment(t), running()
		c.Admission = rapid.SampledFrom([]survey.Admission{survey.ByRoom, survey.ByCode, survey.ByOpen}).Draw(t, "admission")
		role := rapid.SampledFrom(survey.Roles()).Draw(t, "role")
		now := during
		if rapid.Bool().Draw(t, "ended") {
			now = after
		}
		g, s := survey.Glances(c, []survey.Enrolment{e}, role, now)[0], survey.Stand(c, e, role, now)
		base(t, "owner", g.Owner, s.Owner)
		base(t, "resident", g.Resident, s.Resident)
		if g.Turnout != s.Turnout || g.Held != s.Held {
			t.Fatalf("turnout %v and %d held, the standing shows %v and %d", g.Turnout, g.Held, s.Turnout, s.Held)
		}
	})
}

// The league is in the order of the exact limits, what is not shown comes
// after it by turnout, and equal ones keep the register's order.
func TestLeagueOfGlances(t *testing.T) {
	after := moment("2026-09-22T00:00:00+08:00")
	rapid.Check(t, func(t *rapid.T) {
		enrolments := rapid.SliceOfN(rapid.Custom(anyEnrolment), 2, 12).Draw(t, "enrolments")
		for i := range enrolments {
			enrolments[i].Project.ID = survey.ID(i)
		}
		rows := survey.Glances(running(), enrolments, survey.CityRole, after)
		survey.SortGlances(rows)
		verdict := func(g *survey.Glance) survey.Verdict {
			return judge(g.Owner.Households, g.Owner.Answered, g.Owner.Satisfied)
		}
		want := slices.Clone(rows)
		slices.SortFunc(want, func(a, b *survey.Glance) int { return int(a.Project.ID - b.Project.ID) })
		slices.SortStableFunc(want, func(a, b *survey.Glance) int {
			switch {
			case a.Owner.SeesRate() && b.Owner.SeesRate():
				return survey.ByLowerLimit(verdict(a), verdict(b))
			case a.Owner.SeesRate() != b.Owner.SeesRate() && a.Owner.SeesRate():
				return -1
			case a.Owner.SeesRate() != b.Owner.SeesRate():
				return 1
			}
			return int(b.Turnout.Answered*a.Turnout.Households - a.Turnout.Answered*b.Turnout.Households)
		})
		ids := func(rows []*survey.Glance) (list []survey.ID) {
			for _, g := range rows {
				list = append(list, g.Project.ID)
			}
			return list
		}
		if diff := cmp.Diff(ids(want), ids(rows)); diff != "" {
			t.Fatalf("league (-want +got):\n%s", diff)
		}
	})
}

// A list that others read too is not changed by looking at it and ordering it.
func TestGlancesLeaveTheListAlone(t *testing.T) {
	list := []survey.Enrolment{enrolled(t, 20, 1), enrolled(t, 20, 20)}
	for i := range list {
		list[i].Project.ID = survey.ID(i + 1)
	}
	rows := survey.Glances(running(), list, survey.CityRole, moment("2026-09-22T00:00:00+08:00"))
	survey.SortGlances(rows)
	if rows[0].Project.ID != 2 || list[0].Project.ID != 1 || list[1].Project.ID != 2 {
		t.Errorf("order of rows %d, %d; list %d, %d", rows[0].Project.ID, rows[1].Project.ID, list[0].Project.ID, list[1].Project.ID)
	}
}

// Sums over all levels hold every project once, in whatever order they come.
func TestSumsOfUnorderedPlaces(t *testing.T) {
	var list []survey.Enrolment
	for _, ids := range [][3]survey.ID{{1, 10, 100}, {2, 20, 200}, {1, 10, 101}, {1, 10, 100}, {1, 11, 0}} {
		e := enrolled(t, 20, 10)
		e.Project.Place = survey.Place{District: ids[0], Subdistrict: ids[1], Community: ids[2]}
		list = append(list, e)
	}
	rows := survey.Glances(running(), list, survey.CityRole, moment("2026-09-22T00:00:00+08:00"))
	for level, want := range map[survey.Level][]int{
		survey.CityLevel: {5}, survey.DistrictLevel: {4, 1}, survey.SubdistrictLevel: {3, 1, 1}, survey.CommunityLevel: {2, 1, 1, 1},
	} {
		var got []int
		for _, sum := range survey.Sums(rows, level) {
			got = append(got, sum.Projects)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("projects by place of level %d (-want +got):\n%s", level, diff)
		}
	}
}
