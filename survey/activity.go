package survey

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// SelectionOrder is how projects are ordered for selection (RULES §6). Each activity
// chooses its own; there is no default.
type SelectionOrder string

// The orders; the zero one is not chosen yet.
const (
	SatisfactionFirst SelectionOrder = "satisfaction_first" // resident rate, then total
	TotalFirst        SelectionOrder = "total_first"        // total, then resident rate
)

// SelectionOrders are those that an activity can choose.
func SelectionOrders() []SelectionOrder {
	return []SelectionOrder{SatisfactionFirst, TotalFirst}
}

// Mode is how a district takes part in an activity (notice §三(二)).
type Mode string

// The modes; the zero one is not chosen yet.
const (
	WholeDistrict Mode = "whole"     // 全面创建，最后推选
	Voluntary     Mode = "voluntary" // 自愿申报、提前审查，直接选定
)

// Modes are the modes that a district can choose.
func Modes() []Mode { return []Mode{WholeDistrict, Voluntary} }

// Activity 创建活动 is a year's round: its caps, dates and order are data
// (RULES §6). Campaigns and sheets belong to one.
type Activity struct {
	ID           ID
	Year         int
	Name         string
	Document     string // the notice it rests on: 京建发〔2023〕232号
	RulesVersion string
	Order        SelectionOrder
	// DistrictCap is the most titles of a district, a maximum without a minimum;
	// the others are numbers of nominees per district, of titles of the city and
	// of cases recommended to the ministry.
	DistrictCap, NomineesLeast, NomineesMost, CityTitles, MinistryCases int
	// Starts is when work may begin. DistrictDue and ReportDue are last moments
	// ("9月20日前" is until 20 September 23:59:59 in Beijing), zero where there
	// is none; what comes later is marked late and not refused. Ended is zero
	// until somebody ends the activity for good.
	Starts, DistrictDue, ReportDue, Ended time.Time
	// ComplaintsFrom and ComplaintsTo are whole months in Beijing, the second
	// one not included.
	ComplaintsFrom, ComplaintsTo time.Time
	PerHousehold                 bool // item 1.2 by complaints per household
	// Citywide says that the city confirmed that register and complaint feeds
	// are the whole city's: only then item 1.2 can be computed.
	Citywide      bool
	Seconds       bool  // items of assessors want a second one
	Pooled        bool  // only projects of the candidate pool may take part
	ObjectionDays int   // of a publication
	Revision      int64 // counts what was changed
}

// DefaultActivity is the one of the year of a moment, with the figures of 2023
// (京建发〔2023〕232号): at most ten per district, two or three nominated, twenty
// for the city, three to the ministry, until 20 September. Its order is not
// chosen: there is no default (RULES §6).
func DefaultActivity(now time.Time) Activity {
	year := now.In(beijing()).Year()
	a := Activity{
		Year: year, Name: strconv.Itoa(year) + "年“加强物业管理，共建美好家园”活动", RulesVersion: RulesVersion,
		DistrictCap: 10, NomineesLeast: 2, NomineesMost: 3, CityTitles: 20, MinistryCases: 3,
	}
	return a.WithYear()
}

// WithYear fills in the dates of the year where none are set: work from January
// on and due before 20 September has passed, complaints of the whole year. An
// activity that never said when it starts is from before dates were data.
func (a Activity) WithYear() Activity {
	if a.Starts.IsZero() {
		a.Starts = time.Date(a.Year, time.January, 1, 0, 0, 0, 0, beijing())
		a.DistrictDue = time.Date(a.Year, time.September, 20, 23, 59, 59, 0, beijing())
		a.ReportDue = a.DistrictDue
	}
	if a.ComplaintsFrom.IsZero() && a.ComplaintsTo.IsZero() {
		a.ComplaintsFrom = time.Date(a.Year, time.January, 1, 0, 0, 0, 0, beijing())
		a.ComplaintsTo = a.ComplaintsFrom.AddDate(1, 0, 0)
	}
	return a
}

// ActivityPhase is where an activity stands.
type ActivityPhase string

// The phases.
const (
	ActivityPlanned ActivityPhase = "planned"
	ActivityRunning ActivityPhase = "running"
	ActivityEnded   ActivityPhase = "ended"
)

// Phase at a moment.
func (a Activity) Phase(now time.Time) ActivityPhase {
	switch {
	case !a.Ended.IsZero() && !now.Before(a.Ended):
		return ActivityEnded
	case now.Before(a.Starts):
		return ActivityPlanned
	}
	return ActivityRunning
}

// Works is nil while applications, sheets and what belongs to them may be
// changed; else a Conflict that says why not.
func (a Activity) Works(now time.Time) error {
	switch a.Phase(now) {
	case ActivityPlanned:
		return Fail(Conflict, "error.activity.planned", "At", minuteOf(a.Starts))
	case ActivityEnded:
		return Fail(Conflict, "error.activity.ended", "At", minuteOf(a.Ended))
	}
	return nil
}

// minuteOf is a moment in Beijing as messages say it.
func minuteOf(t time.Time) string { return t.In(beijing()).Format("2006-01-02 15:04") }

// Change makes of an activity what was asked for, until it has ended. What an
// activity is and which rules it follows stays. Invalid names fields.
func (a *Activity) Change(to Activity, now time.Time) error {
	if a.Phase(now) == ActivityEnded {
		return a.Works(now)
	}
	to.ID, to.RulesVersion, to.Ended, to.Revision = a.ID, a.RulesVersion, a.Ended, a.Revision
	if err := to.Check(); err != nil {
		return err
	}
	*a = to
	return nil
}

// End ends an activity for good: nothing of it changes after that.
func (a *Activity) End(now time.Time) error {
	if err := a.Works(now); err != nil {
		return err
	}
	a.Ended = now
	return nil
}

// Late says whether a due moment has passed; a zero one never does (R07).
func Late(due, now time.Time) bool { return !due.IsZero() && now.After(due) }

// Limits of what an activity says.
const (
	LongestActivity = 80
	mostTitles      = 1000
	mostObjection   = 90
	MostCandidates  = 2000 // of a pool, named at once
)

// Check says which field cannot stand.
func (a Activity) Check() error {
	e := Fail(Invalid, "error.activity.fields")
	if a.Year < 2000 || a.Year > 2200 {
		e.Field("year", "error.activity.year")
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(a.Name)); n == 0 || n > LongestActivity {
		e.Field("name", "error.activity.name")
	}
	if utf8.RuneCountInString(a.Document) > LongestActivity {
		e.Field("document", "error.activity.document")
	}
	if a.Order != SatisfactionFirst && a.Order != TotalFirst && a.Order != "" {
		e.Field("order", "error.activity.order")
	}
	if a.DistrictCap < 1 || a.DistrictCap > mostTitles {
		e.Field("district_cap", "error.activity.number")
	}
	if a.NomineesLeast < 0 || a.NomineesMost < a.NomineesLeast || a.NomineesMost > a.DistrictCap {
		e.Field("nominees_most", "error.activity.nominees")
	}
	if a.CityTitles < 1 || a.CityTitles > mostTitles {
		e.Field("city_titles", "error.activity.number")
	}
	if a.MinistryCases < 0 || a.MinistryCases > a.CityTitles {
		e.Field("ministry_cases", "error.activity.ministry")
	}
	if a.ObjectionDays < 0 || a.ObjectionDays > mostObjection {
		e.Field("objection_days", "error.activity.objection")
	}
	a.checkDates(e)
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

func (a Activity) checkDates(e *Error) {
	if a.Starts.IsZero() {
		e.Field("starts", "error.activity.date")
	}
	if !a.DistrictDue.IsZero() && !a.Starts.Before(a.DistrictDue) {
		e.Field("district_due", "error.activity.due")
	}
	if !a.ReportDue.IsZero() && !a.Starts.Before(a.ReportDue) {
		e.Field("report_due", "error.activity.due")
	}
	if a.ComplaintsFrom.IsZero() || !a.ComplaintsFrom.Before(a.ComplaintsTo) {
		e.Field("complaints_to", "error.activity.months")
	}
}
