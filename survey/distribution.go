package survey

import (
	"slices"
	"time"
)

// Distribution is what was answered to every question of one enrolled
// project: what the results of its questions, and the sums of a place, are
// made of. It holds figures that nobody may see yet; QuestionResults and
// SumQuestions hide them (RULES §8).
type Distribution struct {
	Project         Project
	Homes           Homes
	Owner, Resident Shown
	// OneBase are the option counters of counted responses that are in one
	// base only; nil where figures are a shown copy, which does not tell.
	OneBase []int64
	Pending bool // figures may still move, see Campaign.Unsettled
}

// DistributionOf takes the answers of an enrolment as they are to be shown at
// a moment: exact once the campaign has ended, else from the shown copies.
func DistributionOf(c Campaign, e Enrolment, now time.Time) Distribution {
	d := Distribution{Project: e.Project, Homes: e.Homes, Pending: c.Unsettled(e, now)}
	d.Owner, d.Resident = c.figures(&e, now)
	if c.copied(&e, now) {
		return d
	}
	d.OneBase = make([]int64, 0)
	for part, counters := range e.Tally.Answers {
		if part.Bases != BothBases && part.counts(c.Admission) {
			d.OneBase = addCounters(d.OneBase, counters)
		}
	}
	return d
}

// counts says whether the responses of a part are in n.
func (p Part) counts(a Admission) bool { return p.State == Counted && a.Admits(p.Lane) }

// Settle puts exact figures in the place of the shown copies where those are
// to be seen at a moment, from a packed tally: DistributionOf without the maps
// of UnpackTally, as a city has 8,000 of them behind one page. What is held is
// left out, which no question shows.
func (d *Distribution) Settle(c Campaign, packed []byte, now time.Time) error {
	if !c.Ended(now) {
		return nil
	}
	exact := Distribution{OneBase: make([]int64, 0)}
	held, err := exact.unpack(c.Admission, packed)
	if err != nil {
		return err
	}
	copied := c.copied(&Enrolment{Owner: d.Owner, Resident: d.Resident}, now)
	d.Pending = c.Phase(now) == ClosedStage && (held > 0 || copied) // as Campaign.Unsettled
	if !copied {
		d.Owner, d.Resident, d.OneBase = exact.Owner, exact.Resident, exact.OneBase
	}
	return nil
}

// unpack adds up a packed tally and returns how many responses are held that
// would count.
func (d *Distribution) unpack(a Admission, packed []byte) (held int64, err error) {
	if len(packed) == 0 {
		return 0, nil
	}
	r, err := readTally(packed)
	if err != nil {
		return 0, err
	}
	for range r.count() {
		cell, score := r.cell()
		switch {
		case (Part{cell.Bases, cell.State, cell.Lane}).counts(a):
			d.addScore(cell.Bases, score)
		case cell.State == Held && a.Admits(cell.Lane):
			held += score.Responses
		}
	}
	var counters []int64
	for range r.count() {
		part, options := r.part(), r.count()
		if options > r.left() {
			r.fail()
		}
		if r.failed {
			break
		}
		counters = slices.Grow(counters[:0], options)[:options]
		r.numbers(counters)
		if part.counts(a) {
			d.addAnswers(part.Bases, counters)
		}
	}
	if r.failed || r.left() != 0 {
		return 0, errTally
	}
	return held, nil
}

func (d *Distribution) addScore(bases Bases, score Score) {
	if bases.Has(OwnerBase) {
		d.Owner.Counted = d.Owner.Counted.Add(score)
	}
	if bases.Has(ResidentBase) {
		d.Resident.Counted = d.Resident.Counted.Add(score)
	}
	if bases != BothBases {
		d.Owner.OneBase += score.Responses
		d.Resident.OneBase += score.Responses
	}
}

func (d *Distribution) addAnswers(bases Bases, counters []int64) {
	if bases.Has(OwnerBase) {
		d.Owner.Answers = addCounters(d.Owner.Answers, counters)
	}
	if bases.Has(ResidentBase) {
		d.Resident.Answers = addCounters(d.Resident.Answers, counters)
	}
	if bases != BothBases {
		d.OneBase = addCounters(d.OneBase, counters)
	}
}

// addCounters adds to a list of counters, which may be empty.
func addCounters(sum, counters []int64) []int64 {
	if len(sum) == 0 {
		return append(sum, counters...)
	}
	for i := range min(len(sum), len(counters)) {
		sum[i] += counters[i]
	}
	return sum
}

// of are the figures of one base, as they decide what may be seen of it.
func (d *Distribution) of(base Bases) (*Shown, core) {
	if base == OwnerBase {
		return &d.Owner, d.Owner.core()
	}
	f := d.Resident.core()
	f.oneBase = fewInOneBase(d.Owner.OneBase, d.Resident.OneBase)
	return &d.Resident, f
}
