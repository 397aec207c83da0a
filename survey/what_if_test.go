package survey_test

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
	"meihao/survey/stats"
)

// opened is a campaign that runs at the moment now, under the default margins.
func opened() (c survey.Campaign, now time.Time) {
	now = time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)
	return survey.Campaign{
		Stage: survey.OpenStage, Admission: survey.ByRoom, Margins: survey.DefaultMargins(),
		Opens: now.AddDate(0, 0, -5), Closes: now.AddDate(0, 0, 5),
	}, now
}

// resultOf is a base of which everything is seen.
func resultOf(v survey.Verdict) survey.Result {
	return survey.Result{
		Households: v.Households, NeededFull: v.NeededFull, NeededProvisional: v.NeededProvisional,
		Answered: &v.Answered, Satisfied: &v.Satisfied, Rate: v.Rate, Adequacy: v.Adequacy,
		Words: survey.Words{Item11: v.Item11, Veto61: v.Veto61}, Points: v.Points, Reason: v.Reason,
	}
}

func above(v survey.Verdict, veto bool) bool {
	if veto {
		return v.Veto61 == survey.Cleared || v.Veto61 == survey.ClearedBorderline
	}
	return v.Item11 == survey.MetClear || v.Item11 == survey.MetBorderline
}

func below(v survey.Verdict, veto bool) bool {
	if veto {
		return v.Veto61 == survey.VetoClear || v.Veto61 == survey.VetoBorderline
	}
	return v.Item11 == survey.NotMetClear || v.Item11 == survey.NotMetBorderline
}

// first is the first number from 0 to most of which something is so.
func first(most int64, is func(int64) bool) *int64 {
	for x := int64(0); x <= most; x++ {
		if is(x) {
			return &x
		}
	}
	return nil
}

// turnByTrying finds the same numbers with the verdicts as they are judged.
func turnByTrying(households, n, k, left int64, veto bool) survey.Turn {
	at := func(answered, satisfied int64) survey.Verdict { return judge(households, answered, satisfied) }
	t := survey.Turn{
		Up:   first(left, func(x int64) bool { return above(at(n+x, k+x), veto) }),
		Down: first(left, func(x int64) bool { return below(at(n+x, k), veto) }),
		Lost: first(left, func(x int64) bool { return !above(at(n+x, k), veto) }),
		Same: first(n-k, func(x int64) bool { return above(at(n, k+x), veto) }),
	}
	switch now := at(n, k); {
	case above(now, veto):
		t.Stands, t.Same = 1, first(k, func(x int64) bool { return !above(at(n, k-x), veto) })
	case below(now, veto):
		t.Stands = -1
	}
	num, den := int64(9), int64(10)
	if veto {
		num, den = 3, 5
	}
	needed := at(n, k).NeededProvisional
	t.Clear = first(left, func(x int64) bool { return n+x >= needed && clearAtShare(households, n+x, k, n, num, den) })
	return t
}

// clearAtShare is RULES §5 for a sample of m of which the share k/n is
// satisfied, in fractions: (b·p − a)²·m²·(N−1) > z²·a·(b−a)·m·(N−m).
func clearAtShare(households, m, k, n, num, den int64) bool {
	if m == households {
		return true
	}
	whole := func(x int64) *big.Rat { return new(big.Rat).SetInt64(x) }
	distance := new(big.Rat).Sub(new(big.Rat).Mul(big.NewRat(k, n), whole(den)), whole(num))
	left := new(big.Rat).Mul(distance, distance)
	left.Mul(left, whole(m)).Mul(left, whole(m)).Mul(left, whole(households-1))
	right := new(big.Rat).Mul(stats.ZSquared(), whole(num*(den-num)))
	right.Mul(right, whole(m)).Mul(right, whole(households-m))
	return left.Cmp(right) > 0
}

// someCounts draws a project of which n answered, some or all of them satisfied.
func someCounts(t *rapid.T) (households, n, k int64) {
	households = rapid.Int64Range(10, 220).Draw(t, "N")
	n = rapid.Int64Range(1, households).Draw(t, "n")
	return households, n, rapid.Int64Range(0, n).Draw(t, "k")
}

func TestWhatIfIsTheSmallestNumber(t *testing.T) {
	c, now := opened()
	rapid.Check(t, func(t *rapid.T) {
		households, n, k := someCounts(t)
		moment, left := now, households-n
		if rapid.Bool().Draw(t, "over") {
			moment, left = c.Closes, 0
		}
		v := judge(households, n, k)
		got := c.WhatIf(resultOf(v), 0, moment)
		item, veto := turnByTrying(households, n, k, left, false), turnByTrying(households, n, k, left, true)
		want := survey.WhatIf{
			Left: left, Over: moment == c.Closes, Item: &item, Veto: &veto,
			ToFull:        first(households, func(x int64) bool { return judge(households, n+x, k).Adequacy == survey.Full }),
			ToProvisional: first(households, func(x int64) bool { return judge(households, n+x, k).Adequacy != survey.Inadequate }),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d of %d of %d (-want +got):\n%s", k, n, households, diff)
		}
	})
}

// Where a whole number of answers keeps the share, the verdict is clear from
// the number on that is told, and not before.
func TestWhatIfClearIsJudgedSo(t *testing.T) {
	c, now := opened()
	rapid.Check(t, func(t *rapid.T) {
		k, n, times := rapid.Int64Range(0, 10).Draw(t, "k"), int64(10), rapid.Int64Range(4, 40).Draw(t, "times")
		households := n*times + rapid.Int64Range(0, 9).Draw(t, "rest")
		if judge(households, n, k).Adequacy == survey.Inadequate {
			n, k = 3*n, 3*k
		}
		w := c.WhatIf(resultOf(judge(households, n, k)), 0, now)
		for m := int64(1); n*m <= households; m++ {
			v := judge(households, n*m, k*m)
			if told, is := n*m-n >= *w.Item.Clear, v.Item11 == survey.MetClear || v.Item11 == survey.NotMetClear; told != is {
				t.Errorf("%d of %d of %d: item clear from %d more on, but at %d it is %s", k, n, households, *w.Item.Clear, n*m, v.Item11)
			}
			if told, is := n*m-n >= *w.Veto.Clear, v.Veto61 == survey.Cleared || v.Veto61 == survey.VetoClear; told != is {
				t.Errorf("%d of %d of %d: veto clear from %d more on, but at %d it is %s", k, n, households, *w.Veto.Clear, n*m, v.Veto61)
			}
		}
	})
}

// The worst and the best word are those of all ways to decide.
func TestWhatIfOfHeldAnswers(t *testing.T) {
	c, now := opened()
	items := []survey.Item{survey.NotMetClear, survey.NotMetBorderline, survey.NotAssessable, survey.MetBorderline, survey.MetClear}
	vetoes := []survey.Veto{survey.VetoClear, survey.VetoBorderline, survey.Undetermined, survey.ClearedBorderline, survey.Cleared}
	rapid.Check(t, func(t *rapid.T) {
		households, n, k := someCounts(t)
		held := rapid.Int64Range(1, 12).Draw(t, "held")
		var item, veto []int
		for counted := range held + 1 {
			for satisfied := range counted + 1 {
				v := judge(households, n+counted, k+satisfied)
				item, veto = append(item, slices.Index(items, v.Item11)), append(veto, slices.Index(vetoes, v.Veto61))
			}
		}
		v := judge(households, n, k)
		want := &survey.HeldCase{
			Held: held,
			Item: survey.Range[survey.Item]{Now: v.Item11, Worst: items[slices.Min(item)], Best: items[slices.Max(item)]},
			Veto: survey.Range[survey.Veto]{Now: v.Veto61, Worst: vetoes[slices.Min(veto)], Best: vetoes[slices.Max(veto)]},
		}
		if diff := cmp.Diff(want, c.WhatIf(resultOf(v), held, now).Held); diff != "" {
			t.Errorf("%d of %d of %d (-want +got):\n%s", k, n, households, diff)
		}
	})
}

// A home that answered "don't know" cannot answer once more.
func TestWhatIfKnowsWhoHasAnswered(t *testing.T) {
	c, now := opened()
	r := resultOf(judge(100, 80, 70))
	r.DontKnow = new(int64(15))
	if got := c.WhatIf(r, 0, now); got.Left != 5 {
		t.Errorf("%d of 100 homes are left after 80 answers and 15 without one", got.Left)
	}
}

// What a role does not see of a base is not told by what would change it.
func TestWhatIfTellsNothingHidden(t *testing.T) {
	c, now := opened()
	all := resultOf(judge(1000, 278, 252))
	answers := all
	answers.Satisfied, answers.Rate, answers.Words = nil, "", survey.Words{}
	if diff := cmp.Diff(survey.WhatIf{Left: 722, ToProvisional: new(int64(0)), ToFull: new(int64(0))}, c.WhatIf(answers, 3, now)); diff != "" {
		t.Errorf("who sees n alone (-want +got):\n%s", diff)
	}
	nothing := answers
	nothing.Answered = nil
	if diff := cmp.Diff(survey.WhatIf{}, c.WhatIf(nothing, 3, now)); diff != "" {
		t.Errorf("who sees turnout alone (-want +got):\n%s", diff)
	}
}

// Where nothing is judged at all nothing turns it.
func TestWhatIfOfWhatIsNotJudged(t *testing.T) {
	c, now := opened()
	for name, v := range map[string]survey.Verdict{
		"more answers than households": judge(30, 31, 20),
		"open admission":               survey.Indicative(judge(100, 90, 85)),
	} {
		if w := c.WhatIf(resultOf(v), 5, now); w.Item != nil || w.Veto != nil || w.Held != nil {
			t.Errorf("%s: %+v", name, w)
		}
	}
}
