package survey_test

import (
	"testing"

	"pgregory.net/rapid"

	"meihao/survey"
)

func buildings(sizes ...int) []survey.Building {
	list := make([]survey.Building, len(sizes))
	for i, n := range sizes {
		list[i] = survey.Building{ID: survey.ID(i + 1), Name: string(rune('A' + i)), Homes: survey.Homes{Households: n}}
	}
	return list
}

func TestSmallBuildingsAreJoined(t *testing.T) {
	cases := []struct {
		sizes []int
		want  []string
	}{
		{[]int{60, 10, 12}, []string{"A", "B", "C"}},
		{[]int{4, 60, 7}, []string{"A、C", "B"}},
		{[]int{9, 60}, []string{"A、B"}},
		{[]int{3, 3}, []string{"A、B"}},
		{[]int{5, 5, 5, 5, 60}, []string{"A、B", "C、D", "E"}},
		{nil, nil},
	}
	for _, c := range cases {
		groups := survey.Groups(buildings(c.sizes...))
		if len(groups) != len(c.want) {
			t.Errorf("%v: %d groups, want %v", c.sizes, len(groups), c.want)
			continue
		}
		for i, g := range groups {
			if g.Label() != c.want[i] || g.Number != i+1 {
				t.Errorf("%v: group %d is %s, want %s", c.sizes, g.Number, g.Label(), c.want[i])
			}
		}
	}
}

// Every building is in one group, and no group has fewer than ten homes
// unless the whole project has.
func TestGroupsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(1, 30), 1, 40).Draw(t, "sizes")
		all := buildings(sizes...)
		seen := map[survey.ID]bool{}
		total := survey.SumHomes(all).Households
		for _, g := range survey.Groups(all) {
			if g.Households < min(survey.GroupSize, total) {
				t.Fatalf("group %s has %d homes", g.Label(), g.Households)
			}
			for _, b := range g.Buildings {
				if seen[b.ID] {
					t.Fatalf("building %s is in two groups", b.Name)
				}
				seen[b.ID] = true
			}
		}
		if len(seen) != len(sizes) {
			t.Fatalf("%d of %d buildings are in a group", len(seen), len(sizes))
		}
	})
}
