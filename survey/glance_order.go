package survey

import (
	"cmp"
	"slices"
)

// Order is how a list of projects is put in order.
type Order string

// The orders. League is that of RULES §5; all others leave equal ones in it.
const (
	League       Order = ""
	ByName       Order = "name"
	ByTurnout    Order = "turnout"
	ByMissing    Order = "missing"
	ByHouseholds Order = "households"
)

// OrderGlances puts rows in an order, or in the reverse of it. Names are in
// the order of their letters, numbers begin with the highest. They are put
// in the order of what the role may see (see Missing).
func OrderGlances(rows []*Glance, by Order, reversed bool) {
	SortGlances(rows)
	var compare func(a, b *Glance) int
	switch by {
	case ByName:
		compare = func(a, b *Glance) int { return cmp.Compare(a.Project.Name, b.Project.Name) }
	case ByTurnout:
		compare = func(a, b *Glance) int {
			return cmp.Compare(b.Turnout.Answered*a.Turnout.Households, a.Turnout.Answered*b.Turnout.Households)
		}
	case ByMissing:
		compare = func(a, b *Glance) int { return cmp.Compare(b.Missing(), a.Missing()) }
	case ByHouseholds:
		compare = func(a, b *Glance) int { return cmp.Compare(b.Homes.Households, a.Homes.Households) }
	default:
		if reversed {
			slices.Reverse(rows)
		}
		return
	}
	slices.SortStableFunc(rows, func(a, b *Glance) int {
		if reversed {
			return compare(b, a)
		}
		return compare(a, b)
	})
}
