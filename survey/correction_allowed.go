package survey

// What a campaign that was opened lets nobody correct: a home's claim is made
// of its building, unit and room (RULES §1), so whatever would give a home
// another claim would give it another vote.

// UnitsMayBecome says whether the units of a building that a campaign froze
// may be corrected: whether a unit is asked must stay, and what was answered
// from a unit that was there must stay possible. Where the number was unknown
// every unit could be named.
func UnitsMayBecome(was, now *int) bool {
	switch {
	case was == nil || now == nil:
		return was == now
	case *was == 0 || *now == 0:
		return *was == *now
	}
	return *now >= *was
}

// Shown says whether the answers of a building group may be seen as its own:
// it has at least GroupSize homes, or it is all that the project has
// (RULES §8). A group may be smaller where homes were put right before this
// was asked of them.
func (g Group) Shown(groups int) bool { return g.Households >= GroupSize || groups <= 1 }

// Shrunk are the groups that a correction leaves with fewer homes than the
// answers of a group may be shown for; those that the opening made so, of a
// small project, stay.
func (e Enrolment) Shrunk(after Enrolment) []Group {
	var shrunk []Group
	for i, g := range after.Groups {
		if g.Households >= GroupSize || i < len(e.Groups) && g.Households >= e.Groups[i].Households {
			continue
		}
		// One group is the whole project: with fewer than ten homes it is no
		// finer than that.
		if len(after.Groups) > 1 || after.Homes.Households >= GroupSize && i < len(e.Groups) && e.Groups[i].Households >= GroupSize {
			shrunk = append(shrunk, g)
		}
	}
	return shrunk
}
