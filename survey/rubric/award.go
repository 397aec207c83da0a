package rubric

import (
	"strconv"

	"meihao/survey"
)

// Items that the machine sets, and the veto that a survey decides.
const (
	SatisfactionItem = "1.1"
	VolumeItem       = "1.2"
	PromptItem       = "1.3"
	FeesItem         = "3.2"
	SatisfactionVeto = "6.1"
	ConcentratedVeto = "6.4"
)

// States of an award beside the verdict words of RULES §5.
const (
	Open   = "open" // waits for a score or a decision
	Scored = "SCORED"
	Met    = "MET"
	NotMet = "NOT_MET"

	notAssessable = string(survey.NotAssessable)
)

// Flag is what a reader must know beside an award.
type Flag string

// The flags.
const (
	LowVolume    Flag = "LOW_VOLUME"        // 1.3: fewer than ten tickets were due
	Unconfirmed  Flag = "LOG_NOT_CONFIRMED" // 1.3: log not confirmed by residents
	RanksDiffer  Flag = "RANKS_DIFFER"      // 1.2: volume and rate disagree
	ImportedOnly Flag = "IMPORTED"          // 1.2: from an imported city ranking
	Borderline   Flag = "BORDERLINE"        // 1.1, 6.1: the interval reaches across the threshold
)

// Award 得分 of one item, or the decision on one veto.
type Award struct {
	Item  Item
	State string
	Got   *Halves // nil while it has none: never a silent 0
	// Hidden says that the reader may not see it: under ten answers the word is
	// for district and city only, a company waits for the publication, and who
	// assesses itself does not see what assessors say (RULES §8).
	Hidden bool
	Few    bool // hidden for the answers being under ten
	Stale  bool // read from a snapshot that was corrected since, or replaces what the machine no longer says
	Flags  []Flag

	Marks    []Mark
	Wants    Party // whose mark an item of assessors waits for, "" for nobody's
	Differs  bool  // marks of assessors differ and nobody has settled it
	Settled  *Settlement
	Machine  string    // what the machine says, in the words of Override.Of; "" for other items
	Override *Override // asked for, in force or stale

	Recorded     *Recorded
	Confirmation *Confirmation
	Evidence     int
}

// MachineSet says whether the machine scores the item.
func (i Item) MachineSet() bool {
	return i.Scoring == Computed || i.Scoring == ComputedOrImported
}

// Overridden says that two persons have replaced what the machine said.
func (a Award) Overridden() bool {
	return a.Override != nil && a.Override.Confirmed.ID != 0 && a.Override.Of == a.Machine
}

// Mark of a party, nil without one.
func (a Award) Mark(p Party) *Mark {
	for i := range a.Marks {
		if a.Marks[i].Party == p {
			return &a.Marks[i]
		}
	}
	return nil
}

// assessed is the award of an item that assessors score: the value on which
// all their marks agree, or which a settlement gave. The first one must have
// marked, and the second one where the activity wants it. A settlement is of
// marks that differ: without them it is none.
func (a *Award) assessed(seconds bool) {
	a.State = Open
	switch {
	case a.Mark(FirstParty) == nil:
		a.Wants = FirstParty
	case seconds && a.Mark(SecondParty) == nil:
		a.Wants = SecondParty
	}
	parted := a.parted()
	if !parted || a.Wants != "" {
		a.Settled = nil
	}
	switch {
	case a.Settled != nil:
		a.State, a.Got = Scored, &a.Settled.Points
	case parted:
		a.Differs = true
	case a.Wants == "":
		a.State, a.Got = Scored, &a.Mark(FirstParty).Points
	}
}

// parted says whether assessors gave different points.
func (a *Award) parted() bool {
	var one *Halves
	for i := range a.Marks {
		m := &a.Marks[i]
		switch {
		case !m.Party.Counts():
		case one == nil:
			one = &m.Points
		case *one != m.Points:
			return true
		}
	}
	return false
}

// give sets what the machine says, and what replaces it where two persons
// said so and the machine still says the same.
func (a *Award) give(state string, got *Halves) {
	a.State, a.Got = state, got
	a.Machine = state
	if got != nil {
		a.Machine += " " + strconv.Itoa(int(*got))
	}
	if a.Override == nil {
		return
	}
	if a.Override.Of != a.Machine {
		a.Stale = a.Override.Confirmed.ID != 0
		return
	}
	if a.Override.Confirmed.ID != 0 {
		a.State, a.Got = Scored, &a.Override.Points
	}
}

// volume is item 1.2.
func (a *Award) volume(l *Lowest) {
	if l == nil || !l.Assessable() {
		a.give(notAssessable, nil)
		return
	}
	if l.Differs() {
		a.Flags = append(a.Flags, RanksDiffer)
	}
	if l.Why != "" {
		a.Flags = append(a.Flags, ImportedOnly)
	}
	a.allOrNothing(l.Met())
}

// prompt is item 1.3.
func (a *Award) prompt(p *Prompt) {
	if p == nil || p.Points == nil {
		a.give(notAssessable, nil)
		return
	}
	if p.LowVolume {
		a.Flags = append(a.Flags, LowVolume)
	}
	if p.Unconfirmed {
		a.Flags = append(a.Flags, Unconfirmed)
	}
	got := *p.Points
	a.give(Scored, &got)
}

// fees is item 3.2: met ⇔ 100·paid ≥ 95·due, in fen (RULES §3).
func (a *Award) fees(f *Fees) {
	if f == nil {
		a.give(Open, nil)
		return
	}
	a.allOrNothing(f.Met())
}

func (a *Award) allOrNothing(met bool) {
	state, got := NotMet, Halves(0)
	if met {
		state, got = Met, a.Item.Max
	}
	a.give(state, &got)
}

// Met says whether the collection rate is at least 95 %.
func (f Fees) Met() bool { return f.Due > 0 && compareFractions(f.Paid, f.Due, 95, 100) >= 0 }

// verdict is item 1.1.
func (a *Award) verdict(v *survey.Verdict) {
	if v == nil {
		a.give(Open, nil)
		return
	}
	if v.Item11 == survey.MetBorderline || v.Item11 == survey.NotMetBorderline {
		a.Flags = append(a.Flags, Borderline)
	}
	a.give(string(v.Item11), halvesOf(v.Points))
}

// veto61 is the veto of the survey; it cannot be overridden.
func (a *Award) veto61(v *survey.Verdict, snapshot int) {
	a.State = Open
	if v == nil {
		return
	}
	a.State = string(v.Veto61)
	if v.Veto61 == survey.VetoBorderline || v.Veto61 == survey.ClearedBorderline {
		a.Flags = append(a.Flags, Borderline)
	}
	if a.Confirmation != nil && a.Confirmation.Snapshot != snapshot {
		a.Confirmation = nil
	}
}

// recorded is a veto from 6.2 on.
func (a *Award) recorded() {
	a.State = Open
	if a.Recorded != nil {
		a.State = a.Recorded.State
	}
}

// Excludes says that the veto excludes the project; a borderline one only
// after a second person has confirmed it (RULES §5, §6).
func (a Award) Excludes() bool {
	switch a.State {
	case Yes, string(survey.VetoClear):
		return true
	case string(survey.VetoBorderline):
		return a.Confirmation != nil && a.Confirmation.Confirmed.ID != 0
	}
	return false
}

// decided says whether a veto neither waits nor blocks.
func (a Award) decided() bool {
	if a.Stale || a.Hidden {
		return false
	}
	switch a.State {
	case No, string(survey.Cleared), string(survey.ClearedBorderline):
		return true
	}
	return a.Excludes()
}

func halvesOf(points *int) *Halves {
	if points == nil {
		return nil
	}
	h := Halves(2 * *points)
	return &h
}
