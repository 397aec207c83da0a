package rubric_test

import (
	"testing"

	"pgregory.net/rapid"

	"meihao/survey"
	"meihao/survey/rubric"
)

// Whatever is entered: the total is that of an independent calculation, no
// item of assessors earns points without marks, self-assessments change
// nothing, and a veto that says YES excludes.
func TestLawsOfTheSheet(t *testing.T) {
	r := parsed(t)
	rapid.Check(t, func(t *rapid.T) {
		a := survey.Activity{Seconds: rapid.Bool().Draw(t, "seconds")}
		e := drawn(t, r)
		s := r.Sheet(a, e, rubric.Figures{}, survey.CityRole)
		total, complete := second(r, a, e)
		if s.Total != total || s.Complete || complete {
			t.Fatalf("total %s, complete %t; independently %s, %t", s.Total, s.Complete, total, complete)
		}
		for _, award := range s.Awards {
			if award.Item.MachineSet() || award.Got == nil {
				continue
			}
			given := false
			for _, m := range e.Marks {
				given = given || m.Item == award.Item.ID && m.Party == rubric.FirstParty
			}
			if !given || *award.Got < 0 || *award.Got > award.Item.Max {
				t.Fatalf("%s earns %s, given %t", award.Item.ID, award.Got, given)
			}
		}
		yes := false
		for _, v := range e.Vetoes {
			yes = yes || v.State == rubric.Yes
		}
		if s.Excluded != yes {
			t.Fatalf("excluded %t, a YES %t", s.Excluded, yes)
		}
		var others []rubric.Mark
		for _, m := range e.Marks {
			if m.Party != rubric.SelfParty {
				others = append(others, m)
			}
		}
		e.Marks = others
		if without := r.Sheet(a, e, rubric.Figures{}, survey.CityRole); without.Total != s.Total || without.Missing != s.Missing || without.Differing != s.Differing {
			t.Fatalf("self-assessments moved the total from %s to %s", without.Total, s.Total)
		}
	})
}

// drawn are any entries that the store would take.
func drawn(t *rapid.T, r *rubric.Rubric) rubric.Entries {
	var e rubric.Entries
	for _, item := range r.Items {
		if item.Veto() {
			if state := rapid.SampledFrom([]string{"", rubric.Yes, rubric.No, rubric.Unknown}).Draw(t, item.ID); state != "" && item.ID != "6.1" {
				e.Vetoes = append(e.Vetoes, rubric.Recorded{Item: item.ID, State: state})
			}
			continue
		}
		points := rapid.IntRange(0, int(item.Max))
		for i, p := range rubric.Parties() {
			if rapid.Bool().Draw(t, item.ID+string(p)) && (p == rubric.SelfParty || !item.MachineSet()) {
				e.Marks = append(e.Marks, mark(item.ID, p, points.Draw(t, "points"), survey.ID(i+1)))
			}
		}
		if rapid.IntRange(0, 3).Draw(t, "settled") == 0 {
			e.Settlements = append(e.Settlements, rubric.Settlement{Item: item.ID, Points: rubric.Halves(points.Draw(t, "points"))})
		}
	}
	if rapid.Bool().Draw(t, "fees") {
		e.Fees = &rubric.Fees{Paid: rapid.Int64Range(0, 200).Draw(t, "paid"), Due: rapid.Int64Range(1, 200).Draw(t, "due")}
	}
	return e
}

// second calculates the total once more, from a table of what each item got.
// Without a survey no sheet is complete.
func second(r *rubric.Rubric, a survey.Activity, e rubric.Entries) (rubric.Halves, bool) {
	table := map[string]map[rubric.Party]rubric.Halves{}
	for _, m := range e.Marks {
		if table[m.Item] == nil {
			table[m.Item] = map[rubric.Party]rubric.Halves{}
		}
		table[m.Item][m.Party] = m.Points
	}
	var total rubric.Halves
	for _, item := range r.Items {
		if item.ID == "3.2" && e.Fees != nil && e.Fees.Paid*20 >= e.Fees.Due*19 {
			total += item.Max
		}
		if item.Veto() || item.Scoring == rubric.Computed || item.Scoring == rubric.ComputedOrImported {
			continue
		}
		given := table[item.ID]
		first, there := given[rubric.FirstParty]
		other, two := given[rubric.SecondParty]
		third, three := given[rubric.ThirdParty]
		if !there || a.Seconds && !two {
			continue
		}
		if (!two || other == first) && (!three || third == first) {
			total += first
			continue
		}
		for _, s := range e.Settlements {
			if s.Item == item.ID {
				total += s.Points
			}
		}
	}
	return total, false
}
