package survey_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
)

func TestByLowerLimit(t *testing.T) {
	best := judge(600, 430+40, 430)
	tests := []struct {
		name string
		a, b survey.Verdict
		want int
	}{
		{"430 of 470 before 9 of 9", best, judge(600, 9, 9), -1},
		{"all asked: the share alone", judge(10, 10, 9), judge(1000, 1000, 899), -1},
		{"all asked, equal shares: one place", judge(10, 10, 9), judge(1000, 1000, 900), 0},
		{"nobody satisfied is one place", judge(100, 50, 0), judge(300, 7, 0), 0},
		{"no answer comes last", judge(100, 50, 0), judge(100, 0, 0), -1},
		{"two without an answer", judge(100, 0, 0), judge(7, 0, 0), 0},
		{"impossible counts come last too", judge(100, 50, 51), judge(100, 50, 0), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := survey.ByLowerLimit(tt.a, tt.b); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
			if got := survey.ByLowerLimit(tt.b, tt.a); got != -tt.want {
				t.Errorf("the other way round: got %d, want %d", got, -tt.want)
			}
		})
	}
}

func TestLeagueHasOneOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		league := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) survey.Verdict {
			n := rapid.Int64Range(0, 60).Draw(t, "n")
			return judge(n+rapid.Int64Range(0, 40).Draw(t, "more"), n, rapid.Int64Range(0, n).Draw(t, "k"))
		}), 2, 20).Draw(t, "league")
		shuffled := rapid.Permutation(league).Draw(t, "shuffled")
		slices.SortFunc(league, survey.ByLowerLimit)
		slices.SortFunc(shuffled, survey.ByLowerLimit)
		for i := range league {
			if survey.ByLowerLimit(league[i], shuffled[i]) != 0 {
				t.Fatalf("place %d depends on the order of arrival (-one +other):\n%s", i, cmp.Diff(league[i], shuffled[i]))
			}
			if i > 0 && league[i].Interval != nil && league[i-1].Interval[0] < league[i].Interval[0] {
				t.Fatalf("place %d has a higher limit than the one before", i)
			}
		}
	})
}
