package survey

import (
	"cmp"
	"slices"
	"time"
)

// Enrolment is a campaign × a project as the store keeps it: N per base
// frozen at opening (before that, the register's), and the counters.
type Enrolment struct {
	Project         Project
	Homes           Homes
	Groups          []Group // only where one enrolment is looked at
	Tag             uint32
	Tally           Tally
	Owner, Resident Shown // the shown copies
	Refused         int64 // claims refused at least once
	Claims          int64
}

// Contested says whether over 10 % of the project's claims were refused at
// least once (RULES §1).
func (e Enrolment) Contested() bool { return e.Claims > 0 && 10*e.Refused > e.Claims }

// Turnout 回收率 is always two numbers (RULES §4).
type Turnout struct {
	Answered, Households int64
}

// Why a figure is hidden (RULES §8).
const (
	HiddenByRole = "role"
	HiddenFew    = "too_few"
)

// Words are the two verdicts of one base.
type Words struct {
	Item11 Item `json:"item_1_1"`
	Veto61 Veto `json:"veto_6_1"`
}

// Result is one base of a standing as a role may see it: what it may not see
// is nil or empty, and Hidden says why.
type Result struct {
	Households                    int64
	NeededFull, NeededProvisional int64
	Answered, Satisfied, DontKnow *int64
	Rate                          string
	Adequacy                      Adequacy
	Words
	Points   *int
	Interval *[2]float64
	Light    string // "high", "middle", "low", "small" or "none"; "" hidden
	Reason   string // of a verdict that cannot be given, see Verdict.Reason
	WithHeld Words
	Hidden   string

	verdict Verdict // for the order of what is shown whole
}

// Standing is one project's row on a dashboard.
type Standing struct {
	Project         Project
	Owner, Resident Result
	Turnout         Turnout
	Lanes           map[Lane]int64
	Held            int64
	Contested       bool
	Warnings        []Message
}

// Stand makes the standing of an enrolment as a role sees it at a moment.
func Stand(c Campaign, e Enrolment, role Role, now time.Time) Standing {
	s := Standing{
		Project:   e.Project,
		Turnout:   Turnout{e.Tally.Responses(c.Admission, ResidentBase), int64(e.Homes.Of(ResidentBase))},
		Lanes:     map[Lane]int64{},
		Held:      e.Tally.InState(Held),
		Contested: e.Contested(),
	}
	for _, lane := range Lanes() {
		if n := e.Tally.InLane(lane); n > 0 {
			s.Lanes[lane] = n
		}
	}
	owner, resident := e.Owner, e.Resident
	if c.Ended(now) {
		owner, resident = e.Tally.ShowBase(c.Admission, OwnerBase), e.Tally.ShowBase(c.Admission, ResidentBase)
	}
	resident.OneBase = fewInOneBase(owner, resident)
	s.Owner = resultOf(c, owner, OwnerBase, e.Homes, role, now)
	s.Resident = resultOf(c, resident, ResidentBase, e.Homes, role, now)
	s.Warnings = warnings(c, e, s)
	return s
}

// fewInOneBase is the smaller number of responses in one base only that the
// two bases' figures, which may be of different moments, give away side by
// side; 0 where neither has 1–9 (RULES §8).
func fewInOneBase(figures ...Shown) int64 {
	var few int64
	for _, f := range figures {
		if f.OneBase > 0 && f.OneBase < FewestShown && (few == 0 || f.OneBase < few) {
			few = f.OneBase
		}
	}
	return few
}

// judge judges a base's score under the campaign's rules.
func (c Campaign) judge(score Score, households int64) Verdict {
	v := Judge(households, score.Answered, score.Satisfied, c.Margins)
	if c.Admission == ByOpen {
		return Indicative(v)
	}
	return v
}

// resultOf judges a base and hides what the role may not see (RULES §8).
func resultOf(c Campaign, f Shown, base Bases, homes Homes, role Role, now time.Time) Result {
	n := int64(homes.Of(base))
	v := c.judge(f.Counted, n)
	r := Result{Households: n, NeededFull: v.NeededFull, NeededProvisional: v.NeededProvisional}
	ended := c.Ended(now)
	switch {
	case !ended && !role.SeesLiveFigures():
		r.Hidden = HiddenByRole
		return r
	case !ended && f.Counted.Responses < FewestShown:
		r.Hidden = HiddenFew
		return r
	}
	answered := f.Counted.Answered
	r.Answered, r.Adequacy, r.Reason = &answered, v.Adequacy, v.Reason
	few := f.Counted.Answered < FewestShown
	if few && !role.SeesLiveFigures() {
		r.Hidden = HiddenFew
		return r
	}
	held := c.judge(f.WithHeld, n)
	r.Words, r.Points, r.Light = wordsOf(v), v.Points, v.Light()
	r.WithHeld = wordsOf(held)
	if few || base == ResidentBase && f.OneBase > 0 {
		r.Hidden = HiddenFew
		return r
	}
	satisfied, dontKnow := f.Counted.Satisfied, f.Counted.DontKnow()
	r.Satisfied, r.DontKnow, r.Rate, r.Interval = &satisfied, &dontKnow, v.Rate, v.Interval
	r.verdict = v
	return r
}

// warnings of RULES §4 that can be said without a figure that is hidden.
func warnings(c Campaign, e Enrolment, s Standing) []Message {
	var list []Message
	warn := func(when bool, key string) {
		if when {
			list = append(list, Message{Key: key})
		}
	}
	admitted := func(keep func(Cell) bool) int64 {
		return e.Tally.Sum(func(k Cell) bool { return c.Admission.Admits(k.Lane) && keep(k) }).Responses
	}
	all := admitted(func(Cell) bool { return true })
	outside := admitted(func(k Cell) bool { return k.State != Counted })
	warn(10*s.Turnout.Answered < s.Turnout.Households, "warning.turnout")
	warn(5*outside > all, "warning.outside")
	warn(20*e.Tally.InLane(AssistedLane) > all, "warning.assisted")
	for _, g := range e.Groups {
		if silent := admitted(func(k Cell) bool { return k.Group == g.Number }) == 0; silent && 20*g.Households > e.Homes.Households {
			list = append(list, Message{Key: "warning.silent", Args: Args{"Place": g.Label()}})
		}
	}
	if o := s.Owner; o.DontKnow != nil {
		warn(5**o.DontKnow > *o.Answered+*o.DontKnow, "warning.dont_know")
	}
	warn(c.Admission == ByOpen, "warning.indicative")
	return list
}

// SortStandings puts the rows in league order: by the lower limit of the
// owner base's interval, projects whose figures are not shown after those,
// by turnout (RULES §5).
func SortStandings(rows []Standing) {
	slices.SortStableFunc(rows, func(a, b Standing) int {
		aShown, bShown := a.Owner.Rate != "", b.Owner.Rate != ""
		switch {
		case aShown && bShown:
			return ByLowerLimit(a.Owner.verdict, b.Owner.verdict)
		case aShown != bShown && aShown:
			return -1
		case aShown != bShown:
			return 1
		}
		return cmp.Compare(b.Turnout.Answered*a.Turnout.Households, a.Turnout.Answered*b.Turnout.Households)
	})
}

// Sum of a place: counts, never means of percentages, and no verdict of its
// own (RULES §3). It is made of the figures its reader may see of each
// project, so that no hidden one can be had by subtraction; Shown says of
// how many projects.
type Sum struct {
	Place           Place
	Projects, Shown int
	Owner, Resident SumOfBase
	Turnout         Turnout
	Held            int64
}

// SumOfBase adds up one base of the shown projects.
type SumOfBase struct {
	Households, Answered, Satisfied int64
	High, Middle, Low, Small        int // projects by traffic light
}

// Rate is printed as RULES §3 says.
func (s SumOfBase) Rate() string { return Rate(s.Satisfied, s.Answered) }

// Level of a sum.
type Level int

// The levels, from the top.
const (
	CityLevel Level = iota
	DistrictLevel
	SubdistrictLevel
	CommunityLevel
)

// At is the place with what lies below the level cut off.
func (p Place) At(level Level) Place {
	if level < CommunityLevel {
		p.Community, p.Area.Community = 0, ""
	}
	if level < SubdistrictLevel {
		p.Subdistrict, p.Area.Subdistrict = 0, ""
	}
	if level < DistrictLevel {
		p.District, p.Area.District = 0, ""
	}
	return p
}

// Sums adds standings up by the places of a level, in the order in which the
// places first appear.
func Sums(rows []Standing, level Level) []Sum {
	var sums []Sum
	at := map[Place]int{}
	for _, row := range rows {
		place := row.Project.Place.At(level)
		i, known := at[place]
		if !known {
			i = len(sums)
			at[place] = i
			sums = append(sums, Sum{Place: place})
		}
		sums[i].add(row)
	}
	return sums
}

func (s *Sum) add(row Standing) {
	s.Projects++
	s.Turnout.Answered += row.Turnout.Answered
	s.Turnout.Households += row.Turnout.Households
	s.Held += row.Held
	if row.Owner.Satisfied != nil {
		s.Shown++
	}
	s.Owner.add(row.Owner)
	s.Resident.add(row.Resident)
}

func (s *SumOfBase) add(r Result) {
	switch r.Light {
	case "high":
		s.High++
	case "middle":
		s.Middle++
	case "low":
		s.Low++
	case "small", "none":
		s.Small++
	}
	if r.Satisfied == nil {
		return
	}
	s.Households += r.Households
	s.Answered += *r.Answered
	s.Satisfied += *r.Satisfied
}
