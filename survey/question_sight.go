package survey

import "time"

// seeing is who looks at the questions of a campaign, and when. It decides
// what of a project's answers may be seen (RULES §8).
type seeing struct {
	c    Campaign
	q    *Questionnaire
	role Role
	now  time.Time
}

// base says why nothing of a base may be seen: HiddenByRole, HiddenFew or "".
func (s seeing) base(d *Distribution, base Bases) string {
	_, f := d.of(base)
	if sees, why := s.c.sight(f, base, s.role, s.now); sees < seesAll {
		return why
	}
	return ""
}

// question says the same of the n-th closed question in a base of which
// anything may be seen: HiddenFew or "".
func (s seeing) question(d *Distribution, n int, base Bases) string {
	f, _ := d.of(base)
	if s.q.least(f.Answers, n) < FewestShown || base == ResidentBase && s.fewInOneBase(d, n) {
		return HiddenFew
	}
	return ""
}

// fewInOneBase says whether the two bases' counts of a question, side by
// side, may give away what 1–9 households said that are in one base only: the
// difference of the bases is made of those alone.
func (s seeing) fewInOneBase(d *Distribution, n int) bool {
	if d.OneBase != nil {
		counts := s.q.countersOf(d.OneBase, n)
		return !allZero(counts) && s.q.least(d.OneBase, n) < FewestShown
	}
	// A shown copy says how many are in one base only, and not what they
	// answered. At least so many of them answered this question: all but those
	// of either base who left it open, or as many as the bases differ by.
	if d.Owner.OneBase == 0 && d.Resident.OneBase == 0 {
		return false
	}
	owner, resident := s.q.least(d.Owner.Answers, n), s.q.least(d.Resident.Answers, n)
	left := d.Owner.Counted.Responses - owner + d.Resident.Counted.Responses - resident
	apart := s.q.apart(d.Owner.Answers, d.Resident.Answers, n) - ShownStep // they may be of different moments
	return max(min(d.Owner.OneBase, d.Resident.OneBase)-left, apart) < FewestShown
}

// closedOne is the n-th question with options.
func (q *Questionnaire) closedOne(n int) *Question { return &q.Questions[q.closed[n]] }

// countersOf are the counters of the n-th question with options; nil where
// there are none at all.
func (q *Questionnaire) countersOf(all []int64, n int) []int64 {
	from := q.offsets[n]
	to := from + len(q.closedOne(n).Options)
	if to > len(all) {
		return nil
	}
	return all[from:to:to]
}

// least is how many answered the n-th question with options at the least:
// "don't know" on a scale is no answer, and of a multiple choice only who
// chose the most frequent option, or one that stands alone, are surely
// different households.
func (q *Questionnaire) least(all []int64, n int) int64 {
	one, counts := q.closedOne(n), q.countersOf(all, n)
	if one.Type != Multi {
		return one.total(counts).answered
	}
	var alone, most int64
	for i, count := range counts {
		if one.Options[i].Exclusive {
			alone += count
		} else {
			most = max(most, count)
		}
	}
	return alone + most
}

// apart is by how many answers two lists of counters surely differ in the
// n-th question with options.
func (q *Questionnaire) apart(a, b []int64, n int) int64 {
	if q.closedOne(n).Type != Multi {
		d := q.least(a, n) - q.least(b, n)
		return max(d, -d)
	}
	var most int64
	x, y := q.countersOf(a, n), q.countersOf(b, n)
	for i := range min(len(x), len(y)) {
		most = max(most, x[i]-y[i], y[i]-x[i])
	}
	return most
}
