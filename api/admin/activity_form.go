package admin

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// undecided is the form's word for an order that was left open on purpose.
const undecided = "undecided"

// activityForm is the form as it was typed.
type activityForm struct {
	Year, Name, Document, Order                                         string
	DistrictCap, NomineesLeast, NomineesMost, CityTitles, MinistryCases string
	Starts, DistrictDue, ReportDue                                      string // dates
	ComplaintsFrom, ComplaintsTo                                        string // months, the last one included
	ObjectionDays, Reason, Revision                                     string
	PerHousehold, Citywide, Seconds, Pooled                             bool
}

type activityFormView struct {
	page.Frame
	faults
	Form       activityForm
	New        bool
	Path, Back string
}

func typedActivity(c *gin.Context) activityForm {
	return activityForm{
		Year: typed(c, "year"), Name: typed(c, "name"), Document: typed(c, "document"), Order: typed(c, "order"),
		DistrictCap: typed(c, "district_cap"), NomineesLeast: typed(c, "nominees_least"), NomineesMost: typed(c, "nominees_most"),
		CityTitles: typed(c, "city_titles"), MinistryCases: typed(c, "ministry_cases"),
		Starts: typed(c, "starts"), DistrictDue: typed(c, "district_due"), ReportDue: typed(c, "report_due"),
		ComplaintsFrom: typed(c, "complaints_from"), ComplaintsTo: typed(c, "complaints_to"), ObjectionDays: typed(c, "objection_days"),
		Reason: typed(c, "reason"), Revision: typed(c, "revision"),
		PerHousehold: typed(c, "per_household") != "", Citywide: typed(c, "citywide") != "", Seconds: typed(c, "seconds") != "", Pooled: typed(c, "pooled") != "",
	}
}

// activity is what the form describes. An order has to be chosen, if only to be
// left open; what is no number or date is refused by name.
func (f activityForm) activity() (survey.Activity, error) {
	e := survey.Fail(survey.Invalid, "error.activity.fields")
	number := func(name, text string) int {
		n, err := strconv.Atoi(text)
		if err != nil {
			e.Field(name, "error.activity.number")
		}
		return n
	}
	date := func(name, text string) time.Time {
		t := day(text)
		if t.IsZero() && text != "" {
			e.Field(name, "error.activity.date")
		}
		return t
	}
	a := survey.Activity{
		Year: number("year", f.Year), Name: f.Name, Document: f.Document,
		DistrictCap: number("district_cap", f.DistrictCap), NomineesLeast: number("nominees_least", f.NomineesLeast),
		NomineesMost: number("nominees_most", f.NomineesMost), CityTitles: number("city_titles", f.CityTitles),
		MinistryCases: number("ministry_cases", f.MinistryCases), ObjectionDays: number("objection_days", f.ObjectionDays),
		Starts: date("starts", f.Starts), DistrictDue: lastMoment(date("district_due", f.DistrictDue)), ReportDue: lastMoment(date("report_due", f.ReportDue)),
		ComplaintsFrom: month(f.ComplaintsFrom), PerHousehold: f.PerHousehold, Citywide: f.Citywide, Seconds: f.Seconds, Pooled: f.Pooled,
	}
	if to := month(f.ComplaintsTo); !to.IsZero() {
		a.ComplaintsTo = to.AddDate(0, 1, 0)
	}
	switch f.Order {
	case undecided:
	case "":
		e.Field("order", "error.activity.order")
	default:
		a.Order = survey.SelectionOrder(f.Order)
	}
	if len(e.Fields) > 0 {
		return a, e
	}
	return a, a.Check()
}

func formOfActivity(a survey.Activity) activityForm {
	f := activityForm{
		Year: strconv.Itoa(a.Year), Name: a.Name, Document: a.Document, Order: string(a.Order),
		DistrictCap: strconv.Itoa(a.DistrictCap), NomineesLeast: strconv.Itoa(a.NomineesLeast), NomineesMost: strconv.Itoa(a.NomineesMost),
		CityTitles: strconv.Itoa(a.CityTitles), MinistryCases: strconv.Itoa(a.MinistryCases), ObjectionDays: strconv.Itoa(a.ObjectionDays),
		Starts: dayValue(a.Starts), DistrictDue: dayValue(a.DistrictDue), ReportDue: dayValue(a.ReportDue),
		ComplaintsFrom: monthValue(a.ComplaintsFrom), ComplaintsTo: monthValue(a.ComplaintsTo.AddDate(0, 0, -1)),
		PerHousehold: a.PerHousehold, Citywide: a.Citywide, Seconds: a.Seconds, Pooled: a.Pooled, Revision: strconv.FormatInt(a.Revision, 10),
	}
	return f
}

// lastMoment of a day: "9月20日前" is until 20 September 23:59:59 (RULES §6).
func lastMoment(day time.Time) time.Time {
	if day.IsZero() {
		return day
	}
	return day.AddDate(0, 0, 1).Add(-time.Second)
}

// month reads "2026-07" as the beginning of that month in Beijing; zero where
// it is none.
func month(text string) time.Time {
	t, err := time.ParseInLocation("2006-01", text, page.Beijing())
	if err != nil {
		return time.Time{}
	}
	return t
}

func monthValue(t time.Time) string { return t.In(page.Beijing()).Format("2006-01") }

// showNewActivity asks for an activity, with the figures of 2023 filled in and
// its order not.
func (h *Handlers) showNewActivity(c *gin.Context) error {
	return h.renderActivityForm(c, http.StatusOK, survey.Activity{}, formOfActivity(survey.DefaultActivity(h.Now())), faults{})
}

// saveNewActivity makes an activity.
func (h *Handlers) saveNewActivity(c *gin.Context) error {
	form := typedActivity(c)
	a, err := form.activity()
	if err == nil {
		a, err = h.Store.AddActivity(c.Request.Context(), actor(c), a)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderActivityForm(c, status, survey.Activity{}, form, f)
	}
	if err != nil {
		return err
	}
	return see(c, activitiesPath+"/"+a.ID.String()+"?done=activity_added")
}

// showActivityForm asks for changes of an activity.
func (h *Handlers) showActivityForm(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	if a.Phase(h.Now()) == survey.ActivityEnded {
		return a.Works(h.Now())
	}
	form := formOfActivity(a)
	if a.Order == "" {
		form.Order = undecided
	}
	return h.renderActivityForm(c, http.StatusOK, a, form, faults{})
}

// saveActivityForm changes an activity.
func (h *Handlers) saveActivityForm(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	form := typedActivity(c)
	to, err := form.activity()
	if err == nil {
		to.ID = a.ID
		to.Revision, err = strconv.ParseInt(form.Revision, 10, 64)
		if err != nil {
			err = survey.Fail(survey.Conflict, "error.activity.changed")
		}
	}
	if err == nil {
		_, err = h.Store.ChangeActivity(c.Request.Context(), actor(c), to, form.Reason)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderActivityForm(c, status, a, form, f)
	}
	if err != nil {
		return err
	}
	return see(c, activitiesPath+"/"+a.ID.String()+"?done=activity_changed")
}

func (h *Handlers) renderActivityForm(c *gin.Context, status int, a survey.Activity, form activityForm, f faults) error {
	v := activityFormView{faults: f, Form: form, New: a.ID == 0, Path: activitiesPath + "/new", Back: activitiesPath}
	if v.New {
		title := h.text(c, "activity.new")
		v.Frame = h.frame(c, "activities", title, page.Crumb{Text: h.text(c, "activities.title"), Path: activitiesPath}, page.Crumb{Text: title})
	} else {
		v.Back = activitiesPath + "/" + a.ID.String()
		v.Path = v.Back + "/edit"
		v.Frame = h.activityFrame(c, a, "/edit", h.text(c, "activity.edit"))
	}
	h.Pages.Show(c, status, "staff/activity_form", v)
	return nil
}
