package survey

import "encoding/json"

// RulesVersion is the version of the measurement rules (RULES.md) that this
// code computes; every result is stored with it.
const RulesVersion = "2023.1"

// Margins are the sampling errors of RULES §4 in permille (50 = 5 %). 0 asks
// for everybody's answer.
type Margins struct{ Full, Provisional int64 }

// DefaultMargins are those of RULES §4: 5 % and 8 %.
func DefaultMargins() Margins { return Margins{Full: 50, Provisional: 80} }

// Adequacy says whether the answers are enough for a verdict (RULES §4).
type Adequacy string

// The adequacies. Inadequate also covers what cannot be adequate: more
// answers than households.
const (
	Full        Adequacy = "FULL"
	Provisional Adequacy = "PROVISIONAL"
	Inadequate  Adequacy = "INADEQUATE"
)

// Item is the verdict on item 1.1, above 90 % (RULES §5).
type Item string

// The verdicts on item 1.1. Borderline follows the point figure, but the
// interval reaches across the threshold.
const (
	MetClear         Item = "MET_CLEAR"
	MetBorderline    Item = "MET_BORDERLINE"
	NotMetBorderline Item = "NOT_MET_BORDERLINE"
	NotMetClear      Item = "NOT_MET_CLEAR"
	NotAssessable    Item = "NOT_ASSESSABLE"
)

// Veto is the verdict on veto 6.1, below 60 % (RULES §5).
type Veto string

// The verdicts on veto 6.1. VetoBorderline wants a second person's word and
// until then blocks as Undetermined does.
const (
	Cleared           Veto = "CLEARED"
	ClearedBorderline Veto = "CLEARED_BORDERLINE"
	VetoBorderline    Veto = "VETO_BORDERLINE"
	VetoClear         Veto = "VETO_CLEAR"
	Undetermined      Veto = "UNDETERMINED"
)

// The reasons for which counts get no verdict whatever they say.
const (
	MoreAnswersThanHouseholds = "more_answers_than_households"
	ImpossibleCounts          = "impossible_counts" // see CheckCounts
	IndicativeOnly            = "indicative"
)

// Verdict 判定 is the judgement of one base of one project.
type Verdict struct {
	Households, Answered, Satisfied int64 // N, n, k

	Rate     string // as RULES §3 prints it, NoRate at n = 0 and for impossible counts
	Adequacy Adequacy
	Item11   Item
	Veto61   Veto
	Points   *int // of item 1.1: 10, 0, or nil where not assessable

	// Interval is the 95 % interval [lo, hi] as fractions, for display; nil where
	// there is no rate. With more answers than households it is uncorrected.
	Interval *[2]float64

	// The answers it takes to be FULL and PROVISIONAL, with the floor of 30.
	NeededFull, NeededProvisional int64

	Reason string // why there is no verdict whatever the counts say, else ""
}

// MarshalJSON writes a verdict as `meihao judge --json` prints it (DESIGN §7).
// The reason is not part of it.
func (v Verdict) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Households        int64       `json:"households"`
		Answered          int64       `json:"answered"`
		Satisfied         int64       `json:"satisfied"`
		Rate              string      `json:"rate"`
		Adequacy          Adequacy    `json:"adequacy"`
		Item11            Item        `json:"item_1_1"`
		Veto61            Veto        `json:"veto_6_1"`
		Points            *int        `json:"points"`
		Interval          *[2]float64 `json:"interval"`
		NeededFull        int64       `json:"needed_full"`
		NeededProvisional int64       `json:"needed_provisional"`
		RulesVersion      string      `json:"rules_version"`
	}{
		v.Households, v.Answered, v.Satisfied, v.Rate, v.Adequacy, v.Item11, v.Veto61,
		v.Points, v.Interval, v.NeededFull, v.NeededProvisional, RulesVersion,
	})
}

// Indicative is v as it stands where the admission is open: the figures stay,
// but device tokens are no households, so no word and no points follow from
// them (RULES §1).
func Indicative(v Verdict) Verdict {
	v.Item11, v.Veto61, v.Points, v.Reason = NotAssessable, Undetermined, nil, IndicativeOnly
	return v
}

// Light is the traffic light of a dashboard (RULES §5): "high" above 90 %,
// "low" below 60 %, "middle" between, "small" where the sample is too small
// to be shown as any of them, and "none" where there is nothing to show: no
// answer, or a reason against any verdict.
func (v Verdict) Light() string {
	switch {
	case v.Reason != "" || v.Answered == 0:
		return "none"
	case v.Adequacy == Inadequate:
		return "small"
	}
	return v.light()
}

// light is that of the rate alone, whatever the sample.
func (v Verdict) light() string {
	switch {
	case v.above90():
		return "high"
	case v.below60():
		return "low"
	}
	return "middle"
}

// above90 is the threshold of item 1.1: exactly 90 % is not above.
func (v Verdict) above90() bool { return Item11Threshold().compare(v) > 0 }

// below60 is the threshold of veto 6.1: exactly 60 % is not below.
func (v Verdict) below60() bool { return Veto61Threshold().compare(v) < 0 }
