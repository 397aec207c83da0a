package survey

import "meihao/survey/stats"

// ByLowerLimit orders verdicts for a league table: negative where a comes
// before b. The higher lower limit of the interval comes first, so that 9 of
// 9 does not outrank 430 of 470; what has no interval comes last (RULES §5).
// 0 means that the limits are equal as exact numbers: such projects share a
// place, and no name or id may part them.
func ByLowerLimit(a, b Verdict) int {
	aRanked, bRanked := a.ranked(), b.ranked()
	switch {
	case !aRanked && !bRanked:
		return 0
	case !aRanked:
		return 1
	case !bRanked:
		return -1
	}
	return stats.CompareLower(b.sample(), a.sample())
}

func (v Verdict) sample() stats.Sample {
	return stats.Sample{K: v.Satisfied, N: v.Answered, Population: v.Households}
}
