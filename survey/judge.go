package survey

import (
	"fmt"

	"meihao/survey/stats"
)

// CheckCounts says what is impossible about counts that a person typed: a
// negative one, more satisfied than answered, more answered than households.
// The error is a plain English sentence for the command line.
//
// Judge takes all of them: a running campaign can meet n > N.
func CheckCounts(households, answered, satisfied int64) error {
	for _, count := range []struct {
		name  string
		value int64
	}{{"households", households}, {"answered", answered}, {"satisfied", satisfied}} {
		if count.value < 0 {
			return fmt.Errorf("%s is negative: %d", count.name, count.value)
		}
	}
	if satisfied > answered {
		return fmt.Errorf("more satisfied (%d) than answered (%d)", satisfied, answered)
	}
	if answered > households {
		return fmt.Errorf("more answered (%d) than households (%d)", answered, households)
	}
	return nil
}

// Judge gives the verdict of RULES §3–5 on k satisfied of n answered among N
// households, deciding with integers only. It takes any counts: where they
// cannot be, nothing is assessable and the reason says so.
func Judge(households, answered, satisfied int64, m Margins) Verdict {
	v := weigh(households, answered, satisfied, m)
	if !v.ranked() {
		return v
	}
	v.Rate = Rate(satisfied, answered)
	lo, hi := stats.WilsonFinite(satisfied, answered, households)
	v.Interval = &[2]float64{lo, hi}
	if v.Reason != "" {
		return v
	}
	v.Item11 = v.item()
	v.Points = v.Item11.points()
	v.Veto61 = v.veto()
	return v
}

// weigh is the part of a verdict that needs neither words nor an interval:
// whether there are enough answers, or why none are.
func weigh(households, answered, satisfied int64, m Margins) Verdict {
	v := Verdict{
		Households: households, Answered: answered, Satisfied: satisfied,
		Rate: NoRate, Adequacy: Inadequate, Item11: NotAssessable, Veto61: Undetermined,
		NeededFull: stats.Needed(households, m.Full),
	}
	floor := min(LeastSample, v.NeededFull)
	v.NeededProvisional = max(floor, stats.Needed(households, m.Provisional))
	switch {
	case !v.possible():
		v.Reason = ImpossibleCounts
	case answered > households:
		v.Reason = MoreAnswersThanHouseholds
	case answered == 0:
	case answered >= v.NeededFull:
		v.Adequacy = Full
	case answered >= v.NeededProvisional:
		v.Adequacy = Provisional
	}
	return v
}

// possible says whether such counts can be; more answers than households can.
func (v Verdict) possible() bool {
	return min(v.Households, v.Answered, v.Satisfied) >= 0 && v.Satisfied <= v.Answered
}

// ranked says whether there is a rate, and so an interval to be ordered by.
func (v Verdict) ranked() bool { return v.possible() && v.Answered > 0 }

// item gives the word for item 1.1.
func (v Verdict) item() Item {
	met := v.above90()
	sure := Item11Threshold().clear(v)
	switch {
	case !v.decides(sure):
		return NotAssessable
	case met && sure:
		return MetClear
	case met:
		return MetBorderline
	case sure:
		return NotMetClear
	}
	return NotMetBorderline
}

// veto gives the word for veto 6.1.
func (v Verdict) veto() Veto {
	below := v.below60()
	sure := Veto61Threshold().clear(v)
	switch {
	case !v.decides(sure):
		return Undetermined
	case below && sure:
		return VetoClear
	case below:
		return VetoBorderline
	case sure:
		return Cleared
	}
	return ClearedBorderline
}

// decides says whether the answers are enough to give a word at all: a
// provisional sample only where the word is clear.
func (v Verdict) decides(sure bool) bool {
	return v.Adequacy == Full || v.Adequacy == Provisional && sure
}

// points of item 1.1; nil, never a silent 0, where it is not assessable.
func (i Item) points() *int {
	switch i {
	case MetClear, MetBorderline:
		return new(10)
	case NotMetClear, NotMetBorderline:
		return new(0)
	}
	return nil
}
