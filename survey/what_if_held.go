package survey

import (
	"slices"

	"meihao/survey/stats"
)

// HeldCase is what the decisions about held answers could make of the words. It
// supposes any number of them counted in this base and any number of those
// satisfied: what they say is not looked at.
type HeldCase struct {
	Held int64
	Item Range[Item]
	Veto Range[Veto]
}

// Range is a word as it is and the worst and the best one that could be. No
// word at all is worse than one above a threshold, and better than one below.
type Range[W comparable] struct{ Now, Worst, Best W }

// Changes says whether any decision could change the word.
func (r Range[W]) Changes() bool { return r.Worst != r.Now || r.Best != r.Now }

// heldCase tries every number of held answers that count: all of them satisfied
// for the best words, none for the worst. From one more than there are
// households on nothing is judged, whatever their number.
func (s supposed) heldCase(held int64) *HeldCase {
	now := s.Campaign.words(s.with(0, 0))
	c := &HeldCase{held, rangeOf(now.Item11), rangeOf(now.Veto61)}
	for counted := range min(held, s.households-s.answered+1) + 1 {
		worst, best := s.Campaign.words(s.with(counted, 0)), s.Campaign.words(s.with(counted, counted))
		c.Item.widen(itemOrder(), worst.Item11, best.Item11)
		c.Veto.widen(vetoOrder(), worst.Veto61, best.Veto61)
	}
	return c
}

func rangeOf[W comparable](now W) Range[W] { return Range[W]{now, now, now} }

func (r *Range[W]) widen(order []W, worst, best W) {
	if slices.Index(order, worst) < slices.Index(order, r.Worst) {
		r.Worst = worst
	}
	if slices.Index(order, best) > slices.Index(order, r.Best) {
		r.Best = best
	}
}

// itemOrder and vetoOrder are the words from the worst to the best.
func itemOrder() []Item {
	return []Item{NotMetClear, NotMetBorderline, NotAssessable, MetBorderline, MetClear}
}

func vetoOrder() []Veto {
	return []Veto{VetoClear, VetoBorderline, Undetermined, ClearedBorderline, Cleared}
}

// clear is how many further answers of the present share a clear word takes.
func (s supposed) clear(t Threshold, left int64) *int64 {
	if s.answered == 0 {
		return nil
	}
	enough := stats.BeyondFrom(s.satisfied, s.answered, s.households, t.Num, t.Den)
	more := max(0, max(enough, s.with(0, 0).NeededProvisional)-s.answered)
	if more > left {
		return nil
	}
	return &more
}
