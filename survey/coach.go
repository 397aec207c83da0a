package survey

import (
	"slices"
	"time"

	"meihao/survey/stats"
)

// Coach 还差多少户 says of an enrolled project or of one of its building
// groups how far it is from enough answers, and what to do next. It is made of
// counts of answers only, as turnout is, never of n, k or a rate, and it knows
// no household: it is live for everybody in scope (RULES §8).
type Coach struct {
	Group Group // the building group; the zero Group for the whole project
	State CoachState
	// Owner is the base that decides, Resident stands beside it (RULES §4).
	Owner, Resident CoachBase
	// DaysLeft are the days on which answers are still taken, the day that has
	// begun and the closing day counted whole; before opening all days of the
	// campaign, after closing 0.
	DaysLeft int
	// Arrived is the pace of admitted responses of the resident base, which
	// alone are counted by day.
	Arrived Pace
	// NeedsArrived is how many of those a day it takes from now on until the
	// owner base has enough, if owners go on to be the same share of them;
	// 0 where nothing is missing or no share is known.
	NeedsArrived int64
	// Next is what to do now in one sentence; no Key after closing.
	Next Message
}

// CoachBase is one base of a coach.
type CoachBase struct {
	Households int64 // N of the project or group in this base
	// Target is how many answers are enough: need(N) for a project (the full
	// sample of RULES §4), for a group its share, ceil(need(N)·N_group/N).
	Target int64
	// Answers are the admitted responses of the base that count or may still
	// count: counted and held ones, not the excluded. "Don't know" and blank
	// are among them, so that n may be smaller.
	Answers int64
	// Short is Target − Answers, never below 0.
	Short int64
	// Pace is the answers a day. Only the resident base is counted by day: its
	// responses of the last seven days (see Coach.Arrived) times the share of
	// this base's answers among all responses of the resident base that the
	// project has. A group takes the project's share, so that the paces of the
	// groups add up to the project's. Where nobody who lives there has answered
	// yet, owners' answers are spread over the days since opening.
	Pace Pace
	// Expected is how many answers there will be at closing at this pace, the
	// last begun one left out, and at most one of each household.
	Expected int64
	// Reached is the day (midnight in Asia/Shanghai) on which this pace makes
	// the target, zero where it is made already, or not before closing.
	Reached time.Time
	// Needs is how many answers a day it takes from today on, rounded up.
	Needs int64
}

// TurnoutDay is how many admitted responses of the resident base came on one
// day, whatever became of them later.
type TurnoutDay struct {
	Group     int       // building group, 0 for all of the project together
	Day       time.Time // its midnight in Asia/Shanghai
	Responses int64
}

// CoachProject coaches a project. The days may be of all groups or added up;
// older ones than the last seven need not be there.
func CoachProject(c Campaign, e Enrolment, days []TurnoutDay, now time.Time) Coach {
	t := c.course(now)
	coach := Coach{Arrived: t.arrived(days), DaysLeft: t.daysLeft}
	coach.Owner = coachBase(e, OwnerBase, c, e.Homes, nil)
	coach.Resident = coachBase(e, ResidentBase, c, e.Homes, nil)
	coach.finish(t, e.arrivals(c), coach.Owner.Answers, coach.Resident.Answers)
	return coach
}

// CoachGroups coaches each building group of an enrolment, in their order.
// The tally and the days must have their groups.
func CoachGroups(c Campaign, e Enrolment, days []TurnoutDay, now time.Time) []Coach {
	t := c.course(now)
	owners, residents := e.Tally.WithHeld(c.Admission, OwnerBase).Responses, e.Tally.WithHeld(c.Admission, ResidentBase).Responses
	list := make([]Coach, len(e.Groups))
	for i, g := range e.Groups {
		own := slices.DeleteFunc(slices.Clone(days), func(d TurnoutDay) bool { return d.Group != g.Number })
		list[i] = Coach{Group: g, Arrived: t.arrived(own), DaysLeft: t.daysLeft}
		list[i].Owner = coachBase(e, OwnerBase, c, g.Homes, &g)
		list[i].Resident = coachBase(e, ResidentBase, c, g.Homes, &g)
		list[i].finish(t, e.arrivals(c), owners, residents)
	}
	return list
}

// Lack is the part of a coach that a list is sorted and summed by: the owner
// base's target, answers and what is short.
func (c Campaign) Lack(e *Enrolment) CoachBase { return coachBase(*e, OwnerBase, c, e.Homes, nil) }

// arrivals are all admitted responses of the resident base, as counted by day.
func (e Enrolment) arrivals(c Campaign) int64 { return e.Tally.Responses(c.Admission, ResidentBase) }

// coachBase counts one base of the whole enrolment, or of one group.
func coachBase(e Enrolment, base Bases, c Campaign, homes Homes, group *Group) CoachBase {
	n := int64(e.Homes.Of(base))
	b := CoachBase{Households: int64(homes.Of(base)), Target: weigh(n, 0, 0, c.Margins).NeededFull}
	if group != nil {
		b.Target = sharedTarget(b.Target, e.Homes, homes, base)
	}
	b.Answers = e.Tally.Sum(func(k Cell) bool {
		return k.State != Excluded && k.Bases.Has(base) && c.Admission.Admits(k.Lane) && (group == nil || k.Group == group.Number)
	}).Responses
	b.Short = max(0, b.Target-b.Answers)
	return b
}

// sharedTarget is a group's share of a project's need, rounded up (RULES §4).
// The resident base is shared by occupied homes where project and group both
// know theirs, else as the owner base is, by all homes.
func sharedTarget(need int64, project, group Homes, base Bases) int64 {
	all, own := int64(project.Households), int64(group.Households)
	if base == ResidentBase && project.Occupied != nil && group.Occupied != nil {
		all, own = int64(*project.Occupied), int64(*group.Occupied)
	}
	if all == 0 {
		return 0
	}
	return stats.CeilShare(need, own, all)
}

// finish adds what depends on time. Owners and residents are the answers of
// the whole project, arrivals its responses as they are counted by day.
func (k *Coach) finish(t course, arrivals, owners, residents int64) {
	k.Owner.forecast(t, k.Arrived.times(owners, arrivals))
	k.Resident.forecast(t, k.Arrived.times(residents, arrivals))
	switch {
	case k.Owner.Needs == 0:
	case owners == 0:
		k.NeedsArrived = k.Owner.Needs
	case arrivals > 0:
		k.NeedsArrived = stats.CeilShare(k.Owner.Short, arrivals, owners*int64(t.daysLeft))
	}
	k.State = k.state(t)
	k.Next = k.next()
}

// forecast fills in pace, forecast and what a day needs.
func (b *CoachBase) forecast(t course, pace Pace) {
	b.Pace = pace
	if b.Pace.Den == 0 && t.daysOpen > 0 {
		b.Pace = Pace{b.Answers, int64(t.daysOpen)}.reduced()
	}
	b.Expected = b.Answers
	if t.daysLeft == 0 {
		return
	}
	if b.Short > 0 {
		b.Needs = (b.Short + int64(t.daysLeft) - 1) / int64(t.daysLeft)
	}
	if !t.running {
		return
	}
	b.Expected = min(b.Answers+b.Pace.in(t.left), max(b.Answers, b.Households))
	if b.Short > 0 && b.Expected >= b.Target {
		b.Reached = dayOf(t.now.Add(b.Pace.takes(b.Short) - 1))
	}
}
