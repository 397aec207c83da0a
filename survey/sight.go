package survey

import "time"

// sight is how much of one base's figures a role may see (RULES §8); each
// includes those before it.
type sight uint8

const (
	seesNothing sight = iota
	seesAnswers       // n, and whether it is enough
	seesWords         // the verdict words and the light
	seesAll           // k, rate and interval
)

// sight says how much of a base's figures a role may see at a moment, and why
// not more: HiddenByRole, HiddenFew or "". A company sees what is published
// (Sealed.Public), and no standing.
func (c Campaign) sight(f core, base Bases, role Role, now time.Time) (sight, string) {
	ended, few := c.Ended(now), f.counted.Answered < FewestShown
	switch {
	case !ended && !role.SeesLiveFigures(), role == CompanyRole:
		return seesNothing, HiddenByRole
	case !ended && f.counted.Responses < FewestShown:
		return seesNothing, HiddenFew
	case few && !role.SeesLiveFigures():
		return seesAnswers, HiddenFew
	case few, base == ResidentBase && f.oneBase > 0:
		return seesWords, HiddenFew
	}
	return seesAll, ""
}

// fewInOneBase is the smaller number of responses in one base only that the
// two bases' figures, which may be of different moments, give away side by
// side; 0 where neither has 1–9 (RULES §8).
func fewInOneBase(figures ...int64) int64 {
	var few int64
	for _, n := range figures {
		if n > 0 && n < FewestShown && (few == 0 || n < few) {
			few = n
		}
	}
	return few
}
