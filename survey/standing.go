package survey

import "time"

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
	// HiddenPending hides the parts of a project while held answers wait, or were
	// decided after closing: until sealing.
	HiddenPending = "pending"
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
}

// Standing is one project's row on a dashboard.
type Standing struct {
	Project         Project
	Owner, Resident Result
	Turnout         Turnout
	Lanes           map[Lane]int64
	Held            int64
	Pending         bool // as Glance.Pending
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
	s.Pending = s.Held > 0 || c.Ended(now) && c.copied(&e, now) && e.behind(e.Tally.totals(c.Admission))
	owner, resident := c.figures(&e, now)
	resident.OneBase = fewInOneBase(owner.OneBase, resident.OneBase)
	s.Owner = resultOf(c, owner, OwnerBase, e.Homes, role, now)
	s.Resident = resultOf(c, resident, ResidentBase, e.Homes, role, now)
	s.Warnings = warnings(c, e, s)
	return s
}

// judge judges a base's score under the campaign's rules.
func (c Campaign) judge(score Score, households int64) Verdict {
	return c.indicative(Judge(households, score.Answered, score.Satisfied, c.Margins))
}

// indicative is a verdict as it stands under the campaign's admission.
func (c Campaign) indicative(v Verdict) Verdict {
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
	var sees sight
	sees, r.Hidden = c.sight(f.core(), base, role, now)
	if sees >= seesAnswers {
		answered := f.Counted.Answered
		r.Answered, r.Adequacy, r.Reason = &answered, v.Adequacy, v.Reason
	}
	if sees >= seesWords {
		r.Words, r.Points, r.Light = wordsOf(v), v.Points, v.Light()
		r.WithHeld = wordsOf(c.judge(f.WithHeld, n))
	}
	if sees == seesAll {
		satisfied, dontKnow := f.Counted.Satisfied, f.Counted.DontKnow()
		r.Satisfied, r.DontKnow, r.Rate, r.Interval = &satisfied, &dontKnow, v.Rate, v.Interval
	}
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
