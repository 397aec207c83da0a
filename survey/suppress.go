package survey

import (
	"cmp"
	"slices"
)

// Small groups, all in one place (RULES §8). A project's responses fall into
// building groups, into relations (owner elsewhere, owner living here, other
// resident) and into lanes. What is shown of them are sums: of a base, of a base
// in a building group, in a lane, of a relation. Whoever adds and subtracts
// those sums must not get at fewer than FewestShown responses by themselves, even
// where he knows who belongs where, and just not what they say.

// The three relations of a response as a crowd keeps them, and the two kinds
// of admitted lanes: the campaign's own, and the clerks'.
const (
	elsewhere = iota
	here
	other
	relationKinds
)

const (
	ownLane = iota
	clerksLane
	laneKinds
)

// crowd is how many counted responses a building group has of each relation
// and lane.
type crowd [relationKinds][laneKinds]int64

// crowds are a project's counted responses by building group, and how many of
// each group and base answered the overall question.
type crowds struct {
	groups   []Group
	of       []crowd
	answered [][2]int64 // of owners, of residents
	relation [relationKinds]int64
	lanes    [laneKinds][2]int64 // those who answered, by lane: owners, residents
}

// crowdsOf counts an enrolment. Groups that its tally knows and the campaign
// does not any more come last, without homes.
func crowdsOf(a Admission, e *Enrolment) crowds {
	s := crowds{groups: slices.Clone(e.Groups)}
	at := map[int]int{}
	for i, g := range s.groups {
		at[g.Number] = i
	}
	for _, k := range sortedKeys(e.Tally.Cells, compareCells) {
		if _, known := at[k.Group]; !known && k.State == Counted && a.Admits(k.Lane) {
			at[k.Group] = len(s.groups)
			s.groups = append(s.groups, Group{Number: k.Group})
		}
	}
	s.of, s.answered = make([]crowd, len(s.groups)), make([][2]int64, len(s.groups))
	for k, score := range e.Tally.Cells {
		if k.State != Counted || !a.Admits(k.Lane) {
			continue
		}
		i, relation, lane := at[k.Group], relationOf(k.Bases), ownLane
		if k.Lane == AssistedLane {
			lane = clerksLane
		}
		s.of[i][relation][lane] += score.Responses
		s.relation[relation] += score.Answered
		for b, base := range BothBases.Each() {
			if k.Bases.Has(base) {
				s.answered[i][b] += score.Answered
				s.lanes[lane][b] += score.Answered
			}
		}
	}
	return s
}

func relationOf(b Bases) int {
	switch b {
	case OwnerBase:
		return elsewhere
	case ResidentBase:
		return other
	}
	return here
}

// in says whether a relation belongs to the owner (0) or the resident base (1).
func in(base, relation int) bool { return relation == here || (relation == elsewhere) == (base == 0) }

// responses are those of one base.
func (c crowd) responses(base int) int64 {
	var sum int64
	for relation, lanes := range c {
		if in(base, relation) {
			sum += lanes[ownLane] + lanes[clerksLane]
		}
	}
	return sum
}

// inOneBase are the responses that are in one base only.
func (c crowd) inOneBase() int64 {
	return c[elsewhere][ownLane] + c[elsewhere][clerksLane] + c[other][ownLane] + c[other][clerksLane]
}

// shows says which figures of a project are shown.
type shows struct {
	bases     [2]bool   // the project's own
	buildings [2][]bool // by building group
	relation  bool      // all rows together: of three two give the third
	lanes     [2]bool   // both rows together
}

func baseIndex(base Bases) int {
	if base == OwnerBase {
		return 0
	}
	return 1
}

func (s shows) building(i int, base Bases) bool {
	list := s.buildings[baseIndex(base)]
	return i < len(list) && list[i]
}

func (s shows) lane(base Bases) bool { return s.lanes[baseIndex(base)] }

// shows chooses what may be shown beside the figures of the bases that are:
// building groups first, then relations, then lanes.
func (c crowds) shows(owner, resident bool) shows {
	s := shows{bases: [2]bool{owner, resident}}
	for base := range s.bases {
		s.buildings[base] = make([]bool, len(c.of))
		for i := range c.of {
			s.buildings[base][i] = s.bases[base] && c.answered[i][base] >= FewestShown
		}
	}
	for i, one := range c.of {
		if owner && fewInOneBase(one.inOneBase()) > 0 {
			s.buildings[1][i] = false
		}
	}
	c.hideMore(&s)
	for base := range s.bases {
		if only := c.onlyGroup(base); only >= 0 {
			s.buildings[base][only] = s.bases[base] // it is the base itself
		}
	}
	s.relation = c.enoughEach(s.bases)
	s.relation = s.relation && c.safe(s)
	safe := [2]bool{}
	safe[0], safe[1] = c.lanesSafe()
	for base := range s.lanes {
		own, clerks := c.lanes[ownLane][base], c.lanes[clerksLane][base]
		s.lanes[base] = s.bases[base] && enoughOrNone(own, clerks) && (safe[base] || c.oneLane(base))
	}
	return s
}

// onlyGroup is the building group that has all responses of a base, −1 where
// there are none or several.
func (c crowds) onlyGroup(base int) int {
	only := -1
	for i, one := range c.of {
		switch {
		case one.responses(base) == 0:
		case only >= 0:
			return -1
		default:
			only = i
		}
	}
	return only
}

// oneLane says whether all responses of a base came by one lane.
func (c crowds) oneLane(base int) bool {
	var lanes [laneKinds]bool
	for _, one := range c.of {
		for relation := range one {
			for lane, n := range one[relation] {
				lanes[lane] = lanes[lane] || in(base, relation) && n > 0
			}
		}
	}
	return !lanes[ownLane] || !lanes[clerksLane]
}

// enoughEach says whether each relation of the shown bases could be shown.
func (c crowds) enoughEach(bases [2]bool) bool {
	for relation, answered := range c.relation {
		if (bases[0] && in(0, relation) || bases[1] && in(1, relation)) && !enoughOrNone(answered) {
			return false
		}
	}
	return true
}

func enoughOrNone(counts ...int64) bool {
	return !slices.ContainsFunc(counts, func(n int64) bool { return n > 0 && n < FewestShown })
}

// hideMore hides building groups until what is hidden is enough: of each base
// at least two groups with responses, FewestShown together; and then, for what
// both bases say side by side, of the residents first. Always the smallest that
// is left.
func (c crowds) hideMore(s *shows) {
	for base := range s.bases {
		for s.bases[base] && !c.enoughHidden(s, base) && c.hideSmallest(s, base) {
		}
	}
	for !c.safe(*s) {
		if !c.hideSmallest(s, 1) && !c.hideSmallest(s, 0) {
			return
		}
		for base := range s.bases {
			for s.bases[base] && !c.enoughHidden(s, base) && c.hideSmallest(s, base) {
			}
		}
	}
}

// enoughHidden says whether nobody gets at a few by taking the shown groups of
// a base from the whole.
func (c crowds) enoughHidden(s *shows, base int) bool {
	groups, responses := 0, int64(0)
	for i, one := range c.of {
		if n := one.responses(base); n > 0 && !s.buildings[base][i] {
			groups, responses = groups+1, responses+n
		}
	}
	return groups == 0 || groups > 1 && responses >= FewestShown
}

// hideSmallest hides the smallest group of a base that is shown and has
// responses; false where there is none.
func (c crowds) hideSmallest(s *shows, base int) bool {
	least := -1
	for i, one := range c.of {
		if s.buildings[base][i] && (least < 0 || cmp.Less(one.responses(base), c.of[least].responses(base))) {
			least = i
		}
	}
	if least < 0 {
		return false
	}
	s.buildings[base][least] = false
	return true
}

// safe says whether nothing below FewestShown can be had from what is shown.
func (c crowds) safe(s shows) bool { return fewestOf(c.of, s) >= FewestShown }
