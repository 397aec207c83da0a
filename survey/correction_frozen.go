package survey

import (
	"cmp"
	"slices"
	"strconv"
)

// FrozenCorrection is what shall stand in an enrolment of a campaign that was
// opened: N per base and the buildings that were frozen with it (RULES §1).
type FrozenCorrection struct {
	Homes
	// Buildings are frozen ones with their ids; those that are not named stay.
	// Their rooms are added, as a CorrectedBuilding's are.
	Buildings []Building
	// Added are buildings of the register that were forgotten at opening.
	Added []ID
	// Seen is the digest of the enrolment that the form showed.
	Seen string
}

// PendingCorrection is a correction of a sealed result that waits for its
// second person.
type PendingCorrection struct {
	Approval
	Project ID
	To      FrozenCorrection
}

// FrozenHomes are the homes of a project as one running campaign has them.
type FrozenHomes struct {
	Campaign Campaign
	Homes
	// Differs says that the register has other homes or buildings now.
	Differs bool
}

// Correct is the enrolment, which needs its groups and buildings, with a
// correction, and each value that it changes; register are the buildings that
// the project has there now, of which the added ones are taken (else
// NotFound).
//
// A building keeps the group it was given at opening, however many homes it
// has now: responses carry that number, and nothing ever renumbers. An added
// one of at least GroupSize households is a new group with the next number, a
// smaller one joins the smallest group there is.
func (e Enrolment) Correct(to FrozenCorrection, register []Building) (Enrolment, []Correction, error) {
	wanted := make(map[ID]Building, len(to.Buildings))
	for _, b := range to.Buildings {
		wanted[b.ID] = b
	}
	after := e
	after.Project.Buildings = make([]Building, 0, len(e.Project.Buildings)+len(to.Added))
	var of []Correction
	is := map[ID]Building{}
	for _, b := range e.Project.Buildings {
		now := b
		if line, named := wanted[b.ID]; named {
			now = b.with(line)
		}
		delete(wanted, b.ID)
		of = append(of, differences(b, now)...)
		after.Project.Buildings = append(after.Project.Buildings, now)
		is[b.ID] = now
	}
	if len(wanted) > 0 {
		return e, nil, NotFoundError("error.not_found")
	}
	after.Groups = regrouped(e.Groups, is)
	for _, b := range register { // in its order, whatever the form's
		if !slices.Contains(to.Added, b.ID) {
			continue
		}
		if _, there := is[b.ID]; there {
			return e, nil, NotFoundError("error.not_found")
		}
		is[b.ID] = b
		after.Project.Buildings = append(after.Project.Buildings, b)
		after.Groups = joined(after.Groups, b)
		of = append(of, Correction{b.ID, b.Name, BuildingAdded, "", strconv.Itoa(b.Households)})
	}
	if len(after.Project.Buildings) != len(e.Project.Buildings)+len(to.Added) {
		return e, nil, NotFoundError("error.not_found") // one that the register has not, or twice
	}
	after.Project.BuildingCount = len(after.Project.Buildings)
	after.Homes = e.Homes.Following(to.Homes, e.Project.Buildings, after.Project.Buildings)
	after.Project.Homes = after.Homes
	return after, append(homesDiffering(e.Homes, after.Homes), of...), nil
}

// regrouped are the same groups of buildings as they are now.
func regrouped(groups []Group, is map[ID]Building) []Group {
	again := make([]Group, len(groups))
	for i, g := range groups {
		again[i] = Group{Number: g.Number}
		for _, b := range g.Buildings {
			again[i].Buildings = append(again[i].Buildings, is[b.ID])
		}
		again[i].Homes = SumHomes(again[i].Buildings)
	}
	return again
}

// joined are the groups with one more building.
func joined(groups []Group, b Building) []Group {
	if b.Households >= GroupSize || len(groups) == 0 {
		return append(groups, Group{Number: len(groups) + 1, Buildings: []Building{b}, Homes: b.Homes})
	}
	least := slices.IndexFunc(groups, func(g Group) bool {
		return g.Number == slices.MinFunc(groups, func(x, y Group) int { return cmp.Compare(x.Households, y.Households) }).Number
	})
	g := &groups[least]
	g.Buildings = append(slices.Clone(g.Buildings), b)
	g.Homes = SumHomes(g.Buildings)
	return groups
}

// SameBuildings says whether two lists name the same buildings with the same
// names, units and homes, in whatever order, and the first knows each room
// that the second lists. One without household list lets every room in.
func SameBuildings(a, b []Building) bool {
	if len(a) != len(b) {
		return false
	}
	of := make(map[ID]Building, len(a))
	for _, one := range a {
		of[one.ID] = one
	}
	for _, other := range b {
		one, known := of[other.ID]
		if !known || one.LacksRooms(other) {
			return false
		}
		if other.Rooms = one.Rooms; len(differences(one, other)) > 0 {
			return false
		}
	}
	return true
}

// SameHomes says whether both have the same households and occupied ones.
func (h Homes) SameHomes(other Homes) bool {
	return h.Households == other.Households && sameCount(h.Occupied, other.Occupied)
}

// Correctable is nil while what was frozen may be corrected by one person (of
// an open or closed campaign); of a sealed one it takes a second person, who
// makes a new snapshot (RULES §9), and a draft has nothing frozen: a Conflict.
func (c Campaign) Correctable() error {
	if c.Stage == Draft {
		return Fail(Conflict, "error.correction.draft")
	}
	return nil
}

// Supposed is a result under homes that somebody only supposes, beside the
// result as it is: with the words only where k may be seen anyway, or where N
// stays. Who could try one N after the other would find k by where the words
// change (RULES §8: few answers, or few in one base only).
func (r Result) Supposed(is Result) Result {
	if r.Hidden == "" || r.Households == is.Households {
		return r
	}
	r.Words, r.WithHeld, r.Points, r.Light = Words{}, Words{}, nil, ""
	return r
}

// SealAgain is the sealed result of a project under corrected homes: the same
// counts, name and claims, N and the words that follow from it anew.
func (s Sealed) SealAgain(c Campaign, homes Homes, tally Tally) Sealed {
	e := Enrolment{Project: Project{ID: s.Project, Name: s.Name}, Homes: homes, Tally: tally, Claims: s.Claims, Refused: s.Refused}
	return SealEnrolment(c, e)
}
