package survey_test

import (
	"testing"

	"meihao/survey"
)

// BenchmarkGlances looks at a city of 8,000 projects after closing, as the page
// of a whole city does.
func BenchmarkGlances(b *testing.B) {
	list := make([]survey.Enrolment, 8000)
	for i := range list {
		cells := map[survey.Cell]survey.Score{}
		for _, bases := range []survey.Bases{survey.OwnerBase, survey.ResidentBase, survey.BothBases} {
			for _, lane := range []survey.Lane{survey.RoomLane, survey.AssistedLane} {
				for _, state := range []survey.State{survey.Counted, survey.Held} {
					cells[survey.Cell{Bases: bases, State: state, Lane: lane}] = survey.Score{Responses: 200, Answered: 190, Satisfied: int64(i % 190)}
				}
			}
		}
		list[i] = survey.Enrolment{Homes: survey.Homes{Households: 2000}, Tally: survey.Tally{Cells: cells}}
	}
	now := moment("2026-09-22T00:00:00+08:00")
	for b.Loop() {
		survey.Glances(running(), list, survey.CityRole, now)
	}
}
