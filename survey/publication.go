package survey

import "time"

// publishAfter is how many days after closing a campaign plans to publish
// unless somebody says otherwise: time to decide on what is held and to seal.
const publishAfter = 14

// publishWithin is how many years after closing the planned day may be: more
// is a slip of the finger.
const publishWithin = 3

// public is everybody who is no member of staff.
const public Role = ""

// Publication 公布 of a sealed campaign: from then on residents see the result
// of their project on its posters, and companies see theirs (RULES §8).
type Publication struct {
	Campaign ID
	At       time.Time // zero: not published
	By       ID
	ByName   string
	Snapshot int // the latest one when it was published
}

// Published says whether the campaign's results are public.
func (p Publication) Published() bool { return !p.At.IsZero() }

// PublicResult is one project's result as residents see it: as much of the
// latest snapshot as RULES §8 shows to others than district and city.
type PublicResult struct {
	Campaign    Campaign
	Project     Project
	Publication Publication // zero while not published; residents then get nothing of what follows
	SealedAt    time.Time   // when the first snapshot was made
	Snapshot    int         // number of the latest
	Corrected   []time.Time // when this project's part of the result was corrected since, the oldest first
	Owner       Result
	Resident    Result
	Undecided   bool            // held responses were sealed undecided: not counted
	Contested   bool            // many claims were refused (RULES §1)
	Promises    []PublicPromise // in the order in which they were entered
}

// HeldMatters says whether a verdict that is shown would be another one with
// the held responses (RULES §7).
func (r PublicResult) HeldMatters() bool {
	return r.Owner.Words != r.Owner.WithHeld || r.Resident.Words != r.Resident.WithHeld
}

// ResultRow is a sealed result in a list.
type ResultRow struct {
	PublicResult
	Counts PromiseCounts
}

// ResultChoice chooses results by what is to be done about them.
type ResultChoice string

// The choices.
const (
	AnyResult         ResultChoice = ""
	PublishedResult   ResultChoice = "published"
	UnpublishedResult ResultChoice = "unpublished"
	WaitingResult     ResultChoice = "waiting" // a promise of it waits for the district
)

// ResultFilter chooses and pages results; zero fields choose nothing out.
type ResultFilter struct {
	Search        string // part of the project's name or register number
	Campaign      ID
	Choice        ResultChoice
	Offset, Limit int // Limit 0: all
}

// DefaultPublishes is the day on which the results of a campaign that closes
// then shall be published, unless somebody names another: midnight in Beijing.
func DefaultPublishes(closes time.Time) time.Time {
	if closes.IsZero() {
		return closes
	}
	return Day(closes).AddDate(0, 0, publishAfter)
}

// CheckPublishes says what is wrong with a planned day of publication; none
// (zero) is fine.
func (c Campaign) CheckPublishes(day time.Time) error {
	fail := func(key string) error { return Fail(Invalid, key).Field("publishes", key) }
	switch {
	case day.IsZero() || c.Closes.IsZero():
		return nil
	case Day(day).Before(Day(c.Closes)):
		return fail("error.publication.before_closing")
	case Day(day).After(Day(c.Closes).AddDate(publishWithin, 0, 0)):
		return fail("error.publication.too_late")
	}
	return nil
}

// PlanPublication sets the day on which residents may come back for the
// result, or (zero) none. A day that is over already is refused.
func (c *Campaign) PlanPublication(now, day time.Time) error {
	day = Day(day)
	if !day.IsZero() && day.Before(Day(now)) {
		return Fail(Invalid, "error.publication.past").Field("publishes", "error.publication.past")
	}
	if err := c.CheckPublishes(day); err != nil {
		return err
	}
	c.Publishes = day
	return nil
}

// Public is a project's sealed result as RULES §8 shows it to others than
// district and city; oneBase is how many counted responses are in one base
// only, which the sealed counts do not say.
func (s Sealed) Public(c Campaign, oneBase int64) (owner, resident Result) {
	occupied := int(s.ResidentHomes)
	homes := Homes{Households: int(s.OwnerHomes), Occupied: &occupied}
	base := func(b Bases) Result {
		counted := s.score(c.Admission, b, Counted)
		shown := Shown{Counted: counted, WithHeld: counted.Add(s.score(c.Admission, b, Held)), OneBase: fewInOneBase(oneBase)}
		return resultOf(c, shown, b, homes, public, time.Time{}) // sealed is sealed at every moment
	}
	return base(OwnerBase), base(ResidentBase)
}
