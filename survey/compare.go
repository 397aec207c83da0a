package survey

import (
	"strconv"

	"meihao/survey/stats"
)

// Change is what became of a satisfaction rate between two campaigns.
type Change string

// The changes. Risen and Fallen are larger than chance, Unchanged is not:
// 0 lies inside the interval of the difference (stats.Differs, Newcombe's
// hybrid score interval with the finite population correction, the sibling of
// the interval of RULES §5).
const (
	Risen         Change = "RISEN"
	Fallen        Change = "FALLEN"
	Unchanged     Change = "SAME"
	NotComparable Change = "NOT_COMPARABLE"
)

// Changes in the order in which they are offered as a filter.
func Changes() []Change { return []Change{Fallen, Risen, Unchanged, NotComparable} }

// Why two results cannot be compared, beside HiddenByRole, HiddenFew and the
// reasons of a Verdict.
const (
	NotEnrolled   = "not_enrolled" // the project was not part of the other campaign
	NoAnswers     = "no_answers"
	TooFewAnswers = "inadequate"
)

// Compared is one base of one project in two campaigns, as far as both may
// be seen: a side that may not be seen has no counts.
type Compared struct {
	Before, After ComparedSide
	Change        Change
	Points        string      // as PointsBetween prints them, "" where not both rates are seen
	Interval      *[2]float64 // of the difference, as fractions, for display; nil like Points
	Reason        string      // why NotComparable, else ""
	Earlier       bool        // the reason lies with the earlier campaign
}

// ComparedSide is one of the two results of a comparison.
type ComparedSide struct {
	Households, Answered, Satisfied int64 // N, and n and k where Seen
	Seen                            bool
}

// Rate is printed as RULES §3 says; "" where it is not seen.
func (s ComparedSide) Rate() string {
	if !s.Seen {
		return ""
	}
	return Rate(s.Satisfied, s.Answered)
}

func (s ComparedSide) sample() stats.Sample {
	return stats.Sample{K: s.Satisfied, N: s.Answered, Population: s.Households}
}

// Earlier says whether one campaign is the one before when two are compared:
// the one that opened first; of two that opened together always the same one.
func Earlier(one, other Campaign) bool {
	if !one.Opens.Equal(other.Opens) {
		return one.Opens.Before(other.Opens)
	}
	return one.ID < other.ID
}

// Compare says what became of a base between two campaigns, as a role sees
// either of them. A nil side is a project that was not enrolled. It costs
// less than a microsecond but for those on the very edge.
func Compare(before, after *BaseGlance) Compared {
	c := Compared{Before: sideOf(before), After: sideOf(after), Change: NotComparable}
	if c.Before.Seen && c.After.Seen {
		c.Points = PointsBetween(c.Before, c.After)
		lo, hi := stats.Difference(c.Before.sample(), c.After.sample())
		c.Interval = &[2]float64{lo, hi}
	}
	if c.Reason = against(after); c.Reason != "" {
		return c
	}
	if c.Reason = against(before); c.Reason != "" {
		c.Earlier = true
		return c
	}
	switch stats.Differs(c.Before.sample(), c.After.sample()) {
	case -1:
		c.Change = Fallen
	case 1:
		c.Change = Risen
	default:
		c.Change = Unchanged
	}
	return c
}

func sideOf(g *BaseGlance) ComparedSide {
	if g == nil {
		return ComparedSide{}
	}
	if !g.SeesRate() || g.Answered == 0 || !g.verdict.ranked() {
		return ComparedSide{Households: g.Households}
	}
	return ComparedSide{Households: g.Households, Answered: g.Answered, Satisfied: g.Satisfied, Seen: true}
}

// against says why a result can be compared with none, else "".
func against(g *BaseGlance) string {
	switch {
	case g == nil:
		return NotEnrolled
	case !g.SeesRate():
		return g.Hidden
	case g.verdict.Reason != "":
		return g.verdict.Reason
	case g.Answered == 0:
		return NoAnswers
	case g.verdict.Adequacy == Inadequate:
		return TooFewAnswers
	}
	return ""
}

// PointsBetween prints the change of a rate in percentage points, by whole
// numbers: one decimal, half away from zero, and more decimals, to six, until
// a change that is none of 0 does not look like 0. "" where a side is not
// seen. Counts reach to 1e9, more than anybody asks.
func PointsBetween(before, after ComparedSide) string {
	if !before.Seen || !after.Seen {
		return ""
	}
	sign, change := "+", after.Satisfied*before.Answered-before.Satisfied*after.Answered
	switch {
	case change == 0:
		return "0.0"
	case change < 0:
		sign, change = minus, -change
	}
	const most = 6
	for decimals, scale := 1, int64(10); ; decimals, scale = decimals+1, scale*10 {
		parts := rounded(change, before.Answered*after.Answered, 100*scale)
		if parts == 0 && decimals < most {
			continue
		}
		parts = max(1, parts)
		return sign + strconv.FormatInt(parts/scale, 10) + "." + strconv.FormatInt(parts%scale+scale, 10)[1:]
	}
}

// minus is the sign as it is printed: as wide as a plus.
const minus = "−"

// What to bear in mind when two campaigns are compared.
const (
	OtherAdmission     = "admission"     // homes were known in another way
	OtherQuestionnaire = "questionnaire" // another version was asked
	OtherMargins       = "margins"       // another sample was called enough
	StillRunning       = "running"       // the figures of one still move
)

// Cautions are what differs between two campaigns beside the answers.
func Cautions(before, after Campaign, running bool) []string {
	var list []string
	if before.Admission != after.Admission {
		list = append(list, OtherAdmission)
	}
	if before.Questionnaire != after.Questionnaire {
		list = append(list, OtherQuestionnaire)
	}
	if before.Margins != after.Margins {
		list = append(list, OtherMargins)
	}
	if running {
		list = append(list, StillRunning)
	}
	return list
}
