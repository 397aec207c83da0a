package survey

// Whoever adds shown sums up with any factors gives each response a weight: the
// sum of the factors of what it is in. That is the sum of a group of people
// where all weights are 0 or 1. fewestOf looks for the smallest group that can
// be had so from bases, building groups and relations.
//
// With a the factor of an owners' row, b of a residents' row and h of the row of
// owners who live here (the other relations follow from the bases), an owner
// elsewhere weighs a, another resident b, an owner who lives here a + b + h.
// With c = b + h and −a instead of a each weight is a difference of two unknowns
// or one alone, and such equations have whole numbers for solutions where they
// have any; and small ones, as each follows from 0 or 1 in a few steps.
//
// What is left of a base when its shown building groups are taken away has one
// factor, and the relation too: those are tried out. Given them each building
// group stands for itself, so that a walk over the groups is enough.

// factors are those of the whole project: of the hidden building groups of each
// base and of the owners who live here.
type factors struct {
	hidden [2]int
	here   int
}

const mostFactor = 3

// fewestOf is the size of the smallest group of responses that can be had from
// what is shown of bases, building groups and relations: FewestShown where none
// is smaller.
func fewestOf(groups []crowd, s shows) int64 {
	least := int64(FewestShown)
	each(s.bases[0], func(owner int) {
		each(s.bases[1], func(resident int) {
			each(s.relation, func(here int) {
				least = min(least, smallest(groups, s, factors{[2]int{owner, resident}, here}))
			})
		})
	})
	return least
}

// each tries the factors of a figure, 0 alone where it is not shown.
func each(shown bool, try func(factor int)) {
	low, high := factorsOf(shown, 0)
	for f := low; f <= high; f++ {
		try(f)
	}
}

// factorsOf is the range of factors of a figure that may have one of its own.
func factorsOf(own bool, otherwise int) (low, high int) {
	if own {
		return -mostFactor, mostFactor
	}
	return otherwise, otherwise
}

// sizes are the numbers of responses below FewestShown that a set may have, as
// bits; bit 0 is nobody.
type sizes uint16

const allSizes sizes = 1<<FewestShown - 1

// smallest is the size of the smallest group under such factors.
func smallest(groups []crowd, s shows, f factors) int64 {
	reached := sizes(1)
	for i := range groups {
		reached = reached.plus(groups[i].choices(s.buildings[0][i], s.buildings[1][i], f))
	}
	for n := int64(1); n < FewestShown; n++ {
		if reached&(1<<n) != 0 {
			return n
		}
	}
	return FewestShown
}

// plus are the sums of one size of each.
func (s sizes) plus(other sizes) sizes {
	var sum sizes
	for n := range FewestShown {
		if other&(1<<n) != 0 {
			sum |= s << n
		}
	}
	return sum & allSizes
}

// choices are the sizes of what can be had within one building group; a base
// that is shown of it has a factor of its own.
func (c *crowd) choices(owner, resident bool, f factors) sizes {
	var found sizes
	lowA, highA := factorsOf(owner, f.hidden[0])
	lowB, highB := factorsOf(resident, f.hidden[1])
	for a := lowA; a <= highA; a++ {
		for b := lowB; b <= highB; b++ {
			weights := [relationKinds]int{elsewhere: a, here: a + b + f.here, other: b}
			if n, group := c.weighed(weights); group && n < FewestShown {
				found |= 1 << n
			}
		}
	}
	return found
}

// weighed is the number of responses of weight 1, and whether all others have
// weight 0.
func (c *crowd) weighed(weights [relationKinds]int) (int64, bool) {
	var sum int64
	for relation, weight := range weights {
		n := c[relation][ownLane] + c[relation][clerksLane]
		if n > 0 && weight != 0 && weight != 1 {
			return 0, false
		}
		sum += int64(weight) * n
	}
	return sum, true
}

// lanesSafe says whether the lanes may be shown beside all that: of the owner
// base, of the residents too, or of none.
//
// Two lanes of one relation in one building group differ in weight by a factor
// that depends on the relation alone: by that of the owners' lane for owners
// elsewhere, of the residents' for other residents, and by the sum of both for
// those who are in both. Where it is not 0 it is 1 or −1, and all answers of one
// lane that have the other beside them in building group and relation are in
// what is had. So those must be enough of each relation, or of two together
// that cannot have a factor alone.
func (c crowds) lanesSafe() (owner, resident bool) {
	var there [relationKinds]bool
	var beside [relationKinds][laneKinds]int64
	for _, one := range c.of {
		for relation, lanes := range one {
			there[relation] = there[relation] || lanes[ownLane]+lanes[clerksLane] > 0
			if lanes[ownLane] > 0 && lanes[clerksLane] > 0 {
				beside[relation][ownLane] += lanes[ownLane]
				beside[relation][clerksLane] += lanes[clerksLane]
			}
		}
	}
	enough := func(x, y int) bool {
		least := func(relation int) int64 { return min(beside[relation][ownLane], beside[relation][clerksLane]) }
		return !there[x] && !there[y] || least(x)+least(y) >= FewestShown
	}
	owner = enough(elsewhere, here)
	return owner, owner && enough(here, other) && enough(elsewhere, other)
}
