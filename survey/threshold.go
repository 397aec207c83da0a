package survey

import "meihao/survey/stats"

// Threshold is a share Num/Den that a rate is compared with, never by dividing:
// k of n lies above it ⇔ Den·k > Num·n (RULES §3).
type Threshold struct{ Num, Den int64 }

// Item11Threshold is that of item 1.1, 90 %: met above it, and exactly on it
// not.
func Item11Threshold() Threshold { return Threshold{9, 10} }

// Veto61Threshold is that of veto 6.1, 60 %: triggered below it, and exactly on
// it not.
func Veto61Threshold() Threshold { return Threshold{3, 5} }

// Percent is the threshold in percent, where it is a whole one as both are.
func (t Threshold) Percent() int64 { return 100 * t.Num / t.Den }

// compare says on which side k of n lies: -1 below, 0 on it, +1 above.
func (t Threshold) compare(v Verdict) int {
	return stats.CompareShare(v.Satisfied, v.Answered, t.Num, t.Den)
}

// clear says whether it lies there by more than chance (RULES §5).
func (t Threshold) clear(v Verdict) bool {
	return stats.Beyond(v.Satisfied, v.Answered, v.Households, t.Num, t.Den)
}

// LeastSample is the number of answers below which no sample is adequate,
// unless the full one is smaller still (RULES §4).
const LeastSample = 30
