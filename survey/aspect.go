package survey

import (
	"math/big"
	"slices"
	"strings"

	"meihao/survey/stats"
)

// Aspect is what a scale question other than the overall one asks about, with
// all that says where to begin improving.
type Aspect struct {
	QuestionResult
	// Rest is the result of the projects beside it, of which it is none; nil
	// where there are none to be shown.
	Rest *QuestionResult
	// Side says whether it is stronger (+1) or weaker (-1) than the rest by more
	// than chance; 0 where chance may be all (stats.Differs).
	Side        int
	Association Association
	Corner      Corner
}

// Corner is the quarter of satisfaction × association in which an aspect lies.
type Corner string

// The corners: less satisfied than the aspects are on the whole, and as
// closely associated as half of them at least, moderately so at the least,
// come first. "" where one of the two is not shown.
const (
	FirstCorner Corner = "first" // less satisfied, more associated
	LaterCorner Corner = "later" // less satisfied, less associated
	KeepCorner  Corner = "keep"  // more satisfied, more associated
	FineCorner  Corner = "fine"  // more satisfied, less associated
)

// Aspects are the scale questions of one base, the weakest first: by their
// exact share of satisfied answers, those that are not shown last, equal ones
// in the questionnaire's order. rest is nil where nothing is beside it.
func Aspects(results, rest []QuestionResult, associations []Association, base Bases) []Aspect {
	var list []Aspect
	for _, r := range OfBase(results, base) {
		if r.Question.Type != Scale || r.Question.Role == OverallRole {
			continue
		}
		a := Aspect{QuestionResult: r}
		for _, beside := range OfBase(rest, base) {
			if beside.Question.ID == r.Question.ID && beside.SeesRate() && r.SeesRate() {
				a.Rest = &beside
				a.Side = stats.Differs(beside.Sample(), r.Sample())
			}
		}
		for _, one := range associations {
			if one.Question.ID == r.Question.ID && r.SeesRate() {
				a.Association = one
			}
		}
		list = append(list, a)
	}
	slices.SortStableFunc(list, compareAspects)
	setCorners(list)
	return list
}

func compareAspects(a, b Aspect) int {
	switch x, y := a.SeesRate(), b.SeesRate(); {
	case x && y:
		return stats.CompareShare(*a.Satisfied, *a.Answered, *b.Satisfied, *b.Answered)
	case x:
		return -1
	case y:
		return 1
	}
	return 0
}

// Middle is the share of satisfied answers to all aspects that are shown.
func Middle(list []Aspect) Score {
	var sum Score
	for _, a := range list {
		if a.SeesRate() {
			sum.Answered += *a.Answered
			sum.Satisfied += *a.Satisfied
		}
	}
	return sum
}

// MiddleAssociation is the association that half of the measured ones reach;
// false where none was measured.
func MiddleAssociation(list []Aspect) (Association, bool) {
	var measured []Association
	for _, a := range list {
		if a.SeesRate() && a.Association.Measured() {
			measured = append(measured, a.Association)
		}
	}
	if len(measured) == 0 {
		return Association{}, false
	}
	slices.SortFunc(measured, func(a, b Association) int { return b.Compare(a) })
	return measured[(len(measured)-1)/2], true
}

func setCorners(list []Aspect) {
	middle := Middle(list)
	mark, measured := MiddleAssociation(list)
	if !measured {
		return
	}
	for i := range list {
		a := &list[i]
		if !a.SeesRate() || !a.Association.Measured() {
			continue
		}
		less := stats.CompareShare(*a.Satisfied, *a.Answered, middle.Satisfied, middle.Answered) < 0
		more := a.Association.Compare(mark) >= 0 && a.Association.Tenths >= moderateTenths
		switch {
		case less && more:
			a.Corner = FirstCorner
		case less:
			a.Corner = LaterCorner
		case more:
			a.Corner = KeepCorner
		default:
			a.Corner = FineCorner
		}
	}
}

// Points prints by how many percentage points the share a lies above (+) or
// below (−) the share b: with one decimal, half away from 0, by exact arithmetic.
func Points(a, b stats.Sample) string {
	gap := new(big.Rat).Sub(big.NewRat(a.K, a.N), big.NewRat(b.K, b.N))
	text := new(big.Rat).Mul(gap, big.NewRat(100, 1)).FloatString(1)
	switch {
	case strings.Trim(text, "-0.") == "":
		return "0.0"
	case gap.Sign() < 0:
		return "−" + text[1:]
	}
	return "+" + text
}
