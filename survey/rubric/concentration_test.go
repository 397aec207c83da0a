package rubric_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey/rubric"
)

func known(counts ...int64) (months []rubric.MonthVolume) {
	for _, n := range counts {
		months = append(months, rubric.MonthVolume{Complaints: n, Known: n >= 0})
	}
	return months
}

// What is beside veto 6.4: share, share of the households, rank from the most,
// trend. A project without a feed for the whole period is compared with nobody.
func TestConcentrate(t *testing.T) {
	got := rubric.Concentrate([]rubric.Volume{
		{Complaints: 6, Households: 100, Complete: true, Months: known(1, 2, 3)},
		{Complaints: 6, Households: 800, Complete: true, Months: known(4, 0, 1, 1)},
		{Complaints: 0, Households: 100, Complete: true, Months: known(0, 0)},
		{Complaints: 9, Households: 500, Months: known(9, -1, -1)},
		{Complaints: 5, Households: 500, Months: known(1, -1, 4)},
	})
	want := []rubric.Concentration{
		{Complaints: 6, All: 12, Homes: 100, AllHomes: 1000, Rank: 1, Of: 3, Earlier: 1, Later: 3, Months: 1},
		{Complaints: 6, All: 12, Homes: 800, AllHomes: 1000, Rank: 1, Of: 3, Earlier: 4, Later: 2, Months: 2},
		{Complaints: 0, All: 12, Homes: 100, AllHomes: 1000, Rank: 3, Of: 3, Months: 1},
		{Complaints: 9, Homes: 500},
		{Complaints: 5, Homes: 500, Earlier: 1, Later: 4, Months: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for i, want := range [][3]bool{{true, false, true}, {false, true, false}, {false, false, false}, {false, false, false}, {true, false, false}} {
		if have := [3]bool{got[i].Grows(), got[i].Falls(), got[i].Dense()}; have != want {
			t.Errorf("project %d: grows, falls, dense are %v, want %v", i, have, want)
		}
	}
	if got := rubric.Concentrate([]rubric.Volume{{Complete: true, Households: 5}}); got[0].Dense() || got[0].Rank != 1 {
		t.Errorf("nobody complains: %+v", got[0])
	}
}

// A monthly total counts before the log, and a difference is said.
func TestMonthDiffers(t *testing.T) {
	for _, c := range []struct {
		m    rubric.MonthVolume
		want bool
	}{
		{rubric.MonthVolume{Complaints: 3, Tickets: 2, Known: true, Total: true}, true},
		{rubric.MonthVolume{Complaints: 3, Tickets: 3, Known: true, Total: true}, false},
		{rubric.MonthVolume{Complaints: 3, Tickets: 0, Known: true, Total: true}, false}, // there is no log
		{rubric.MonthVolume{Complaints: 3, Tickets: 3, Known: true}, false},
	} {
		if c.m.Differs() != c.want {
			t.Errorf("%+v: differs is %t", c.m, c.m.Differs())
		}
	}
}
