package survey

import (
	"cmp"
	"slices"
	"time"

	"meihao/survey/stats"
)

// Glance is what an enrolment's standing is ordered, chosen and summed by: as
// much as a role may see (RULES §8) and nothing that takes words. A city has
// 8,000 of them behind a page that shows fifty; those fifty are made with
// Stand.
type Glance struct {
	*Enrolment
	Owner, Resident BaseGlance
	Turnout         Turnout
	Held            int64
	Pending         bool // answers are held, or decided ones not in the figures yet

	at int // place in the register's order
}

// BaseGlance is one base of a glance.
type BaseGlance struct {
	Households, NeededFull int64
	Answered, Satisfied    int64  // meant only where SeesAnswers and SeesRate say so
	Light                  string // as Result.Light
	Hidden                 string // as Result.Hidden

	sight   sight
	verdict Verdict // weighed, for the order of what is shown whole
}

// SeesAnswers says whether n may be seen.
func (b BaseGlance) SeesAnswers() bool { return b.sight >= seesAnswers }

// SeesRate says whether k and the rate may be seen.
func (b BaseGlance) SeesRate() bool { return b.sight == seesAll }

// Missing is how many answers a project still lacks for a full sample: of
// the owner base where the role may see its n, else by turnout.
func (g *Glance) Missing() int64 {
	if g.Owner.SeesAnswers() {
		return max(0, g.Owner.NeededFull-g.Owner.Answered)
	}
	return max(0, g.Resident.NeededFull-g.Turnout.Answered)
}

// Glances looks at enrolments as a role sees them at a moment, in the order
// in which they come. They point into the list, which is left as it is.
func Glances(c Campaign, enrolments []Enrolment, role Role, now time.Time) []*Glance {
	all, list := make([]Glance, len(enrolments)), make([]*Glance, len(enrolments))
	for i := range enrolments {
		all[i] = glance(c, &enrolments[i], role, now)
		all[i].at, list[i] = i, &all[i]
	}
	return list
}

func glance(c Campaign, e *Enrolment, role Role, now time.Time) Glance {
	t := e.Tally.totals(c.Admission)
	owner, resident := e.Owner.core(), e.Resident.core()
	ended, copied := c.Ended(now), c.copied(e, now)
	if !copied {
		owner, resident = core{t.owner, t.oneBase}, core{t.resident, t.oneBase}
	}
	resident.oneBase = fewInOneBase(owner.oneBase, resident.oneBase)
	return Glance{
		Enrolment: e,
		Owner:     c.glanceOf(owner, OwnerBase, e.Homes, role, now),
		Resident:  c.glanceOf(resident, ResidentBase, e.Homes, role, now),
		Turnout:   Turnout{t.responses, int64(e.Homes.Of(ResidentBase))},
		Held:      t.held,
		Pending:   t.held > 0 || ended && copied && e.behind(t),
	}
}

func (c Campaign) glanceOf(f core, base Bases, homes Homes, role Role, now time.Time) BaseGlance {
	g := BaseGlance{Households: int64(homes.Of(base))}
	g.verdict = c.indicative(weigh(g.Households, f.counted.Answered, f.counted.Satisfied, c.Margins))
	g.NeededFull = g.verdict.NeededFull
	g.sight, g.Hidden = c.sight(f, base, role, now)
	if g.sight >= seesAnswers {
		g.Answered = f.counted.Answered
	}
	if g.sight >= seesWords {
		g.Light = g.verdict.Light()
	}
	if g.sight == seesAll {
		g.Satisfied = f.counted.Satisfied
	}
	return g
}

// core is the part of a base's figures that decides what may be seen.
type core struct {
	counted Score
	oneBase int64
}

func (s Shown) core() core { return core{s.Counted, s.OneBase} }

// totals are the sums of a tally that a glance needs, of admitted responses
// but for the held ones.
type totals struct {
	owner, resident Score // counted, by base
	oneBase         int64 // counted, in one base only
	responses       int64 // of the resident base in any state
	held            int64 // of any lane, each once
	heldAdmitted    int64 // of them, those that would count
}

// totals takes one walk over the cells where a sum of each would take five.
func (t Tally) totals(a Admission) totals {
	var sum totals
	for cell, score := range t.Cells {
		if cell.State == Held {
			sum.held += score.Responses
		}
		if !a.Admits(cell.Lane) {
			continue
		}
		if cell.State == Held {
			sum.heldAdmitted += score.Responses
		}
		if cell.Bases.Has(ResidentBase) {
			sum.responses += score.Responses
		}
		if cell.State != Counted {
			continue
		}
		if cell.Bases.Has(OwnerBase) {
			sum.owner = sum.owner.Add(score)
		}
		if cell.Bases.Has(ResidentBase) {
			sum.resident = sum.resident.Add(score)
		}
		if cell.Bases != BothBases {
			sum.oneBase += score.Responses
		}
	}
	return sum
}

// SortGlances puts rows in league order: by the lower limit of the owner
// base's interval, projects whose figures are not shown after those, by
// turnout (RULES §5). Equal ones stay in the register's order.
func SortGlances(rows []*Glance) {
	entries := make([]entry, len(rows))
	for i, g := range rows {
		entries[i] = entryOf(g)
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(a.compare(b), cmp.Compare(a.at, b.at)) })
	for i := range entries {
		rows[i] = entries[i].Glance
	}
}

// entry is a glance in a league with the limit by which it is ordered: small,
// and computed once for the dozen times that it is compared.
type entry struct {
	*Glance
	at    int
	shown bool
	lower float64
}

func entryOf(g *Glance) entry {
	e := entry{Glance: g, at: g.at, shown: g.Owner.SeesRate(), lower: -1}
	if v := &g.Owner.verdict; e.shown && v.ranked() {
		e.lower, _ = stats.WilsonFinite(v.Satisfied, v.Answered, v.Households)
	}
	return e
}

func (e entry) compare(other entry) int {
	switch {
	case e.shown && other.shown && stats.Apart(e.lower, other.lower):
		return cmp.Compare(other.lower, e.lower)
	case e.shown && other.shown:
		return ByLowerLimit(e.Owner.verdict, other.Owner.verdict)
	case e.shown:
		return -1
	case other.shown:
		return 1
	}
	return cmp.Compare(other.Turnout.Answered*e.Turnout.Households, e.Turnout.Answered*other.Turnout.Households)
}
