package survey

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Stage of a campaign: draft → open → closed → sealed.
type Stage string

// The stages. A closed campaign may be reopened until it is sealed.
const (
	Draft       Stage = "draft"
	OpenStage   Stage = "open"
	ClosedStage Stage = "closed"
	SealedStage Stage = "sealed"
)

// Campaign 调查轮次.
type Campaign struct {
	ID        ID
	Activity  ID
	Name      string
	Owner     ID     // the district that owns it, 0 for the city
	OwnerName string // name of that district, "" for the city
	Stage     Stage
	Admission Admission
	// Feedback says that a room or code campaign also takes open feedback,
	// kept apart and never counted (RULES §1).
	Feedback      bool
	Opens, Closes time.Time // open ⇔ stage open and Opens ≤ now < Closes
	// Publishes is the day (midnight in Beijing) on which the results shall be
	// published, told to residents until then; zero where none is planned.
	Publishes     time.Time
	Questionnaire ID
	Version       int // the questionnaire's number, stored on each response
	Margins       Margins
	Asker         string // who asks, printed on the poster
	Phone         string // fallback where a project has no telephone
	Demonstration bool   // generated data, marked wherever it is shown
	Enrolled      int    // number of enrolled projects
}

// Phase is the stage as it is at a moment: an open campaign past its closing
// time is closed although nobody closed it, one before its time is not open.
func (c Campaign) Phase(now time.Time) Stage {
	if c.Stage != OpenStage {
		return c.Stage
	}
	if now.Before(c.Opens) {
		return Draft
	}
	if !now.Before(c.Closes) {
		return ClosedStage
	}
	return OpenStage
}

// Accepts is nil while answers are taken (RULES §9), else NotOpen or Closed.
func (c Campaign) Accepts(now time.Time) error {
	switch c.Phase(now) {
	case OpenStage:
		return nil
	case Draft:
		return Fail(NotOpen, "error.campaign.not_open")
	}
	return Fail(Closed, "error.campaign.closed")
}

// Ended says whether figures are exact for all in scope (RULES §8).
func (c Campaign) Ended(now time.Time) bool {
	p := c.Phase(now)
	return p == ClosedStage || p == SealedStage
}

// Check says which field of a draft cannot stand.
func (c Campaign) Check() error {
	e := Fail(Invalid, "error.campaign.fields")
	if n := utf8.RuneCountInString(strings.TrimSpace(c.Name)); n == 0 || n > 80 {
		e.Field("name", "error.campaign.name")
	}
	if _, err := ParseAdmission(string(c.Admission)); err != nil {
		e.Field("admission", "error.campaign.admission")
	}
	if c.Opens.IsZero() {
		e.Field("opens", "error.campaign.date")
	}
	if c.Closes.IsZero() {
		e.Field("closes", "error.campaign.date")
	} else if !c.Opens.Before(c.Closes) {
		e.Field("closes", "error.campaign.order")
	}
	if err := c.CheckPublishes(c.Publishes); err != nil {
		e.FieldOf("publishes", err)
	}
	if utf8.RuneCountInString(c.Asker) > 80 {
		e.Field("asker", "error.campaign.asker")
	}
	if utf8.RuneCountInString(c.Phone) > 40 {
		e.Field("phone", "error.campaign.phone")
	}
	if m := c.Margins; m.Full < 10 || m.Provisional < m.Full || m.Provisional > 200 {
		e.Field("margins", "error.campaign.margins")
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// Change replaces what may be changed of a draft.
func (c *Campaign) Change(to Campaign) error {
	if c.Stage != Draft {
		return Fail(Conflict, "error.campaign.not_draft")
	}
	if err := to.Check(); err != nil {
		return err
	}
	c.Name, c.Admission, c.Feedback = strings.TrimSpace(to.Name), to.Admission, to.Feedback
	c.Opens, c.Closes, c.Margins = to.Opens, to.Closes, to.Margins
	c.Asker, c.Phone, c.Publishes = to.Asker, to.Phone, Day(to.Publishes)
	return nil
}

// Open starts a draft. N is frozen and posters are made in the same step.
func (c *Campaign) Open(now time.Time) error {
	switch {
	case c.Stage != Draft:
		return Fail(Conflict, "error.campaign.not_draft")
	case !now.Before(c.Closes):
		return Fail(Conflict, "error.campaign.closes_past")
	case c.Enrolled == 0:
		return Fail(Conflict, "error.campaign.no_projects")
	}
	c.Stage = OpenStage
	return nil
}

// Close ends an open campaign: from this moment nothing enters. The planned
// end is kept, for a reopening.
func (c *Campaign) Close(time.Time) error {
	if c.Stage != OpenStage {
		return Fail(Conflict, "error.campaign.not_running")
	}
	c.Stage = ClosedStage
	return nil
}

// Reopen lets a closed campaign take answers again until closes (RULES §9);
// the caller has the reason and the second person. A day of publication that
// the new end overtakes moves behind it.
func (c *Campaign) Reopen(now, closes time.Time) error {
	if c.Stage != ClosedStage {
		return Fail(Conflict, "error.campaign.not_closed")
	}
	if !now.Before(closes) {
		return Fail(Invalid, "error.campaign.reopen_closes").Field("closes", "error.campaign.reopen_closes")
	}
	c.Stage, c.Closes = OpenStage, closes
	if c.CheckPublishes(c.Publishes) != nil {
		c.Publishes = DefaultPublishes(closes)
	}
	return nil
}

// Seal ends a closed campaign for good.
func (c *Campaign) Seal(time.Time) error {
	if c.Stage != ClosedStage {
		return Fail(Conflict, "error.campaign.not_closed")
	}
	c.Stage = SealedStage
	return nil
}

// A reason has 2–500 characters: "完成" is one.
const (
	reasonLeast = 2
	reasonMost  = LongestReason
)

// LongestReason is how many characters a reason may have.
const LongestReason = 500

// CheckReason wants a reason where one is asked for.
func CheckReason(reason string) error {
	n := utf8.RuneCountInString(strings.TrimSpace(reason))
	if n < reasonLeast || n > reasonMost {
		return Fail(Invalid, "error.reason", "Max", reasonMost).Field("reason", "error.reason", "Max", reasonMost)
	}
	return nil
}
