package survey

import (
	"cmp"
	"slices"
)

// GroupSize is the number of households below which a building is joined
// with others: responses, holds and warnings know groups only (RULES §1).
const GroupSize = 10

// Group is one building group of an enrolled project.
type Group struct {
	Number    int // from 1, in the order of its first building
	Buildings []Building
	Homes
}

// Label names the group by its buildings: "3号楼、4号楼".
func (g Group) Label() string {
	label := ""
	for i, b := range g.Buildings {
		if i > 0 {
			label += "、"
		}
		label += b.Name
	}
	return label
}

// Groups divides a project's buildings into building groups (RULES §1): a
// building of at least GroupSize households is one; smaller ones are joined,
// next smallest first, until each has GroupSize. What is left over joins the
// smallest group there is; a project with fewer homes is one group.
// Buildings are taken in register order where sizes are equal.
func Groups(buildings []Building) []Group {
	bySize := func(a, b Building) int { return cmp.Compare(a.Households, b.Households) }
	small := slices.SortedStableFunc(slices.Values(buildings), bySize)
	var sets [][]Building
	var open []Building
	for _, b := range small {
		open = append(open, b)
		if SumHomes(open).Households >= GroupSize {
			sets, open = append(sets, open), nil
		}
	}
	if len(open) > 0 && len(sets) > 0 {
		least := slices.MinFunc(sets, func(a, b []Building) int {
			return cmp.Compare(SumHomes(a).Households, SumHomes(b).Households)
		})
		for i := range sets {
			if sets[i][0].ID == least[0].ID {
				sets[i] = append(sets[i], open...)
			}
		}
	} else if len(open) > 0 {
		sets = append(sets, open)
	}
	return numbered(buildings, sets)
}

// numbered puts groups and their buildings into register order.
func numbered(order []Building, sets [][]Building) []Group {
	rank := make(map[ID]int, len(order))
	for i, b := range order {
		rank[b.ID] = i
	}
	byRank := func(a, b Building) int { return cmp.Compare(rank[a.ID], rank[b.ID]) }
	for _, set := range sets {
		slices.SortFunc(set, byRank)
	}
	slices.SortFunc(sets, func(a, b []Building) int { return byRank(a[0], b[0]) })
	groups := make([]Group, len(sets))
	for i, set := range sets {
		groups[i] = Group{Number: i + 1, Buildings: set, Homes: SumHomes(set)}
	}
	return groups
}
