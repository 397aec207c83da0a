package survey

import (
	"strings"
	"time"
	"unicode/utf8"
)

// ApplicationStage is how far an application has come.
type ApplicationStage string

// The stages: applied → reviewed → accepted, or declined; returned asks the
// applicant for more, and who applied may withdraw until it is decided.
const (
	Applied   ApplicationStage = "applied"
	Reviewed  ApplicationStage = "reviewed" // found fit by the prior review 提前审查
	Accepted  ApplicationStage = "accepted"
	Declined  ApplicationStage = "declined"
	Returned  ApplicationStage = "returned"
	Withdrawn ApplicationStage = "withdrawn"
)

// ApplicationStages in the order in which they are shown.
func ApplicationStages() []ApplicationStage {
	return []ApplicationStage{Applied, Reviewed, Accepted, Returned, Declined, Withdrawn}
}

// Application of a project to take part in an activity.
type Application struct {
	Activity  ID
	Project   Project
	Stage     ApplicationStage
	Statement string // why the project wants to take part
	Reason    string // of the last decision
	By        string // name of who applied
	Account   ID     // of who applied
	At        time.Time
	DecidedBy string // name of who decided last
	DecidedAt time.Time
	Late      bool // applied after the district's work was due
}

// Next are the steps that an application can take from a stage under a mode:
// where a district picks its projects beforehand, the prior review comes
// between applying and acceptance (notice §三(二), R04).
func (s ApplicationStage) Next(m Mode) []ApplicationStage {
	switch s {
	case Applied:
		if m == Voluntary {
			return []ApplicationStage{Reviewed, Returned, Declined}
		}
		return []ApplicationStage{Accepted, Returned, Declined}
	case Reviewed:
		return []ApplicationStage{Accepted, Returned, Declined}
	case Accepted:
		return []ApplicationStage{Declined}
	}
	return nil
}

// MayApply says whether a stage lets the project apply, or apply again.
func (s ApplicationStage) MayApply() bool { return s == "" || s == Returned || s == Withdrawn }

// MayWithdraw says whether the applicant may take its application back.
func (s ApplicationStage) MayWithdraw() bool {
	return s == Applied || s == Reviewed || s == Returned
}

// LongestStatement is how many letters an application has at most.
const LongestStatement = 1000

// CheckStatement refuses an application that says nothing or too much.
func CheckStatement(text string) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n == 0 || n > LongestStatement {
		return Fail(Invalid, "error.application.statement", "Most", LongestStatement).
			Field("statement", "error.application.statement", "Most", LongestStatement)
	}
	return nil
}

// DistrictPart is how a district takes part in an activity.
type DistrictPart struct {
	Activity, District ID
	Name               string // of the district
	Mode               Mode
	Cap                int // at most the activity's, which it is where 0 is stored
	Contact, Phone     string
	Accepted           int // applications
}

// Check says which field cannot stand beside the activity's cap.
func (p DistrictPart) Check(a Activity) error {
	e := Fail(Invalid, "error.activity.fields")
	if p.Mode != WholeDistrict && p.Mode != Voluntary {
		e.Field("mode", "error.activity.mode")
	}
	if p.Cap < 1 || p.Cap > a.DistrictCap {
		e.Field("cap", "error.activity.cap", "Most", a.DistrictCap)
	}
	if p.Mode == Voluntary && p.Cap < p.Accepted {
		e.Field("cap", "error.activity.cap_below", "N", p.Accepted)
	}
	if utf8.RuneCountInString(p.Contact) > LongestPhone {
		e.Field("contact", "error.activity.contact")
	}
	if utf8.RuneCountInString(p.Phone) > LongestPhone {
		e.Field("phone", "error.activity.contact")
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// Task is something to be done until a moment.
type Task struct {
	ID       ID
	Activity ID
	District ID // 0: the city's
	Where    string
	Title    string
	Due      time.Time
	DoneAt   time.Time // zero: not yet
	DoneBy   string
}

// Late says whether a task is, or was done, after it was due.
func (t Task) Late(now time.Time) bool {
	if !t.DoneAt.IsZero() {
		now = t.DoneAt
	}
	return Late(t.Due, now)
}

// Check says which field cannot stand.
func (t Task) Check() error {
	e := Fail(Invalid, "error.activity.fields")
	if n := utf8.RuneCountInString(strings.TrimSpace(t.Title)); n == 0 || n > LongestName {
		e.Field("title", "error.task.title")
	}
	if t.Due.IsZero() {
		e.Field("due", "error.task.due")
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}
