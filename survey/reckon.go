package survey

import (
	"math/big"

	"meihao/survey/stats"
)

// Comparison is how one threshold was decided for k of n among N households,
// with the numbers that were compared (RULES §3, §5).
type Comparison struct {
	Threshold
	Left, Right int64 // Den·k and Num·n, of which the side is made
	Side        int   // -1 below, 0 exactly on it, +1 above

	// Spread is (Den·k − Num·n)²·(N−1), and Chance z²·Num·(Den−Num)·n·(N−n): the
	// word is clear where the first is greater, or where everybody has answered.
	Spread    *big.Int
	Chance    *big.Rat
	Everybody bool
	Clear     bool
}

// Compare sets counts beside a threshold. It wants 0 ≤ k ≤ n and 0 < n ≤ N.
func (t Threshold) Compare(households, answered, satisfied int64) Comparison {
	v := Verdict{Households: households, Answered: answered, Satisfied: satisfied}
	c := Comparison{
		Threshold: t, Left: t.Den * satisfied, Right: t.Num * answered,
		Side: t.compare(v), Everybody: answered == households, Clear: t.clear(v),
	}
	c.Spread, c.Chance = stats.Sides(satisfied, answered, households, t.Num, t.Den)
	return c
}

// SampleSize is how the number of answers was found that a margin asks for
// (RULES §4).
type SampleSize struct {
	Margin    int64    // permille
	Unlimited *big.Rat // n0; nil where nobody lives
	Unrounded *big.Rat // n0 / (1 + (n0−1)/N)
	Rounded   int64    // the same, up to the next whole number
	Needed    int64    // the same, but for the floor of LeastSample
}

// Sizes are the sizes of a full and of a provisional sample of N households.
func (m Margins) Sizes(households int64) (full, provisional SampleSize) {
	v := weigh(households, 0, 0, m)
	return sizeOf(households, m.Full, v.NeededFull), sizeOf(households, m.Provisional, v.NeededProvisional)
}

func sizeOf(households, margin, needed int64) SampleSize {
	s := SampleSize{Margin: margin, Rounded: stats.Needed(households, margin), Needed: needed}
	if households > 0 && margin > 0 {
		s.Unlimited, s.Unrounded = stats.Unlimited(margin), stats.Unrounded(households, margin)
	}
	return s
}
