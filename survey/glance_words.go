package survey

import "time"

// Words are the verdicts as far as the role may see them, else empty. They
// take numbers of any size: they are asked for where a list is chosen by
// them, and not for every glance.
func (b *BaseGlance) Words() Words {
	if b.sight < seesWords {
		return Words{}
	}
	v := b.verdict
	if v.ranked() && v.Reason == "" {
		v.Item11, v.Veto61 = v.item(), v.veto()
	}
	return Words{v.Item11, v.Veto61}
}

// Adequacy says whether the answers are enough, "" where the role may not see
// their number.
func (b *BaseGlance) Adequacy() Adequacy {
	if b.sight < seesAnswers {
		return ""
	}
	return b.verdict.Adequacy
}

// Borderline says whether one of the words is: the interval reaches across its
// threshold.
func (w Words) Borderline() bool {
	return w.Item11 == MetBorderline || w.Item11 == NotMetBorderline || w.Veto61 == ClearedBorderline || w.Veto61 == VetoBorderline
}

// HidesFigures says whether a role sees nothing but turnout of a campaign at a
// moment (RULES §8).
func (c Campaign) HidesFigures(role Role, now time.Time) bool {
	return !c.Ended(now) && !role.SeesLiveFigures()
}

// Items are the words of item 1.1 in the order in which they are offered.
func Items() []Item {
	return []Item{MetClear, MetBorderline, NotMetBorderline, NotMetClear, NotAssessable}
}

// Vetoes are the words of veto 6.1 in the order in which they are offered.
func Vetoes() []Veto {
	return []Veto{VetoClear, VetoBorderline, ClearedBorderline, Cleared, Undetermined}
}

// Adequacies in the order in which they are offered.
func Adequacies() []Adequacy { return []Adequacy{Full, Provisional, Inadequate} }
