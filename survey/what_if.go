package survey

import "time"

// WhatIf says what would change the verdict of one base: smallest numbers, by
// arithmetic alone. It is made of what its reader sees (Result) and of nothing
// else, so that it tells nothing that is hidden and moves in the same steps.
type WhatIf struct {
	Left int64 // households that may still answer; 0 once the campaign is over
	Over bool  // the campaign is over: only held answers are still decided
	// Answers that are missing to a provisional and to a full sample, 0 where it
	// is one; nil where n is hidden.
	ToProvisional, ToFull *int64
	Item, Veto            *Turn     // nil where k is hidden, or nothing is judged at all
	Held                  *HeldCase // nil where k is hidden, or nothing is held
}

// Turn is what it takes to turn the word for one threshold. Up and Down are
// further answers, each from a household that is left, and all of them
// satisfied (Up) or none (Down); nil where those who are left cannot do it.
type Turn struct {
	Stands int    // +1 the word says above the threshold, -1 below, 0 neither
	Up     *int64 // until the word says above, 0 where it does
	Down   *int64 // until the word says below, 0 where it does
	Lost   *int64 // not satisfied ones until the word says above no more; 0 where it does not

	// Same is how many of the n answers would have to be the other way for the
	// word: not satisfied, where it says above now, until it does not; satisfied,
	// where it does not, until it does. nil where n answers cannot say it.
	Same *int64

	// Clear is how many further answers, satisfied in the present share, it takes
	// until the word is a clear one; 0 where it is.
	Clear *int64
}

// WhatIf looks at a base's result, as a role sees it, and at the answers that
// are held.
func (c Campaign) WhatIf(r Result, held int64, now time.Time) WhatIf {
	w := WhatIf{Over: c.Ended(now)}
	if r.Answered == nil {
		return w
	}
	n := *r.Answered
	if !w.Over {
		w.Left = max(0, r.Households-n-unknown(r))
	}
	w.ToProvisional, w.ToFull = new(max(0, r.NeededProvisional-n)), new(max(0, r.NeededFull-n))
	if r.Satisfied == nil || r.Reason != "" {
		return w
	}
	s := supposed{c, r.Households, n, *r.Satisfied}
	w.Item = s.turn(Item11Threshold(), w.Left)
	w.Veto = s.turn(Veto61Threshold(), w.Left)
	if held > 0 {
		w.Held = s.heldCase(held)
	}
	return w
}

// unknown are the homes that answered and left the overall question open, as
// far as they are seen: they can change it, and nobody else there can answer.
func unknown(r Result) int64 {
	if r.DontKnow == nil {
		return 0
	}
	return *r.DontKnow
}

// Fixed says that no further answer can change the words: the campaign is over
// or everybody has answered.
func (w WhatIf) Fixed() bool { return w.Left == 0 }

// supposed is k of n among N households, to be supposed otherwise.
type supposed struct {
	Campaign
	households, answered, satisfied int64
}

// with is the verdict, without its rate and interval, after more answers.
func (s supposed) with(answered, satisfied int64) Verdict {
	return weigh(s.households, s.answered+answered, s.satisfied+satisfied, s.Margins)
}

// stands says which side of a threshold the word is on after more answers: +1
// above, -1 below, 0 where there are not enough of them for a word.
func (s supposed) stands(t Threshold, answered, satisfied int64) int {
	v := s.with(answered, satisfied)
	switch {
	case v.Reason != "" || v.Answered == 0 || !v.decides(t.clear(v)):
		return 0
	case t.above(v):
		return 1
	}
	return -1
}

// above says whether k of n is on the better side of a threshold: above that
// of item 1.1, not below that of veto 6.1.
func (t Threshold) above(v Verdict) bool {
	side := t.compare(v)
	return side > 0 || side == 0 && t == Veto61Threshold()
}

func (s supposed) turn(t Threshold, left int64) *Turn {
	up := func(x int64) bool { return s.stands(t, x, x) > 0 }
	down := func(x int64) bool { return s.stands(t, x, 0) < 0 }
	lost := func(x int64) bool { return s.stands(t, x, 0) <= 0 }
	turn := &Turn{Stands: s.stands(t, 0, 0), Up: least(left, up), Down: least(left, down), Lost: least(left, lost)}
	if turn.Stands > 0 {
		turn.Same = least(s.satisfied, func(x int64) bool { return s.stands(t, 0, -x) <= 0 })
	} else {
		turn.Same = least(s.answered-s.satisfied, func(x int64) bool { return s.stands(t, 0, x) > 0 })
	}
	turn.Clear = s.clear(t, left)
	return turn
}

// least is the smallest x from 0 to most for which something is so, nil where
// there is none. It looks at one after the other: with an answer more a sample
// can become enough, or a word cease to be clear, so that nothing but the first
// one that is found is sure to be the smallest.
func least(most int64, is func(x int64) bool) *int64 {
	for x := range most + 1 {
		if is(x) {
			return &x
		}
	}
	return nil
}
