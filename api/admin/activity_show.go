package admin

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/export"
)

type activityView struct {
	page.Frame
	Activity  survey.Activity
	Word      word
	Late      bool // the districts' work is due and the activity goes on
	Facts     []fact
	Districts []districtLine
	Missing   []survey.ReportingUnit // without a district in the register, for who sees all
	MayManage bool
	Path      string
}

type districtLine struct {
	survey.DistrictPart
	Unit      survey.ReportingUnit
	MayChange bool
	Path      string
}

// showActivity shows what the city set and how the districts in scope take
// part.
func (h *Handlers) showActivity(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	v := activityView{
		Frame: h.activityFrame(c, a, "", ""), Activity: a, Word: phaseWord(a.Phase(h.Now())), Facts: h.activityFacts(c, a),
		Late: a.Ended.IsZero() && survey.Late(a.DistrictDue, h.Now()), MayManage: may(c, survey.ManageActivities) && a.Ended.IsZero(),
		Path: activitiesPath + "/" + a.ID.String(),
	}
	parts, err := h.Store.DistrictParts(c.Request.Context(), scope(c), a.ID)
	if err != nil {
		return err
	}
	units, err := survey.Units(static.Units)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, p := range parts {
		line := districtLine{
			DistrictPart: p, Path: v.Path + "/districts/" + p.District.String(),
			MayChange: may(c, survey.ManageTasks) && scope(c).Manages(p.District) && a.Ended.IsZero(),
		}
		line.Unit, _ = survey.UnitOf(units, p.Name)
		there[line.Unit.Code] = true
		v.Districts = append(v.Districts, line)
	}
	for _, u := range units {
		if scope(c).All && !there[u.Code] {
			v.Missing = append(v.Missing, u)
		}
	}
	return h.present(c, http.StatusOK, "staff/activity", v)
}

// activityFacts are the rules of an activity in words.
func (h *Handlers) activityFacts(c *gin.Context, a survey.Activity) []fact {
	yes := func(is bool) string {
		if is {
			return h.text(c, "activity.yes")
		}
		return h.text(c, "activity.no")
	}
	order := a.Order
	if order == "" {
		order = "undecided"
	}
	months := h.text(c, "activity.months", "From", monthValue(a.ComplaintsFrom), "To", monthValue(a.ComplaintsTo.AddDate(0, 0, -1)))
	document := a.Document
	if document == "" {
		document = "—"
	}
	list := []fact{
		h.fact(c, "activity.document", document), h.fact(c, "activity.rules", a.RulesVersion),
		h.fact(c, "activity.order", h.text(c, "activity.order."+string(order))),
		h.fact(c, "activity.district_cap", strconv.Itoa(a.DistrictCap)), h.fact(c, "activity.nominees", numbers(a.NomineesLeast, a.NomineesMost)),
		h.fact(c, "activity.city_titles", strconv.Itoa(a.CityTitles)), h.fact(c, "activity.ministry_cases", strconv.Itoa(a.MinistryCases)),
		h.fact(c, "activity.starts", page.Date(page.Language(c), a.Starts)),
		h.fact(c, "activity.district_due", h.momentOf(c, a.DistrictDue, "activity.due.none")),
		h.fact(c, "activity.report_due", h.momentOf(c, a.ReportDue, "activity.due.none")),
		h.fact(c, "activity.complaints", months), h.fact(c, "activity.per_household", yes(a.PerHousehold)),
		h.fact(c, "activity.citywide", yes(a.Citywide)), h.fact(c, "activity.seconds", yes(a.Seconds)),
		h.fact(c, "activity.pooled", yes(a.Pooled)), h.fact(c, "activity.objection_days", strconv.Itoa(a.ObjectionDays)),
	}
	if !a.Ended.IsZero() {
		list = append(list, h.fact(c, "activity.ended", page.Moment(page.Language(c), a.Ended)))
	}
	return list
}

// numbers is "2–3", or one number where both are the same.
func numbers(least, most int) string {
	if least == most {
		return strconv.Itoa(most)
	}
	return strconv.Itoa(least) + "–" + strconv.Itoa(most)
}

func (v activityView) workbook(t teller) workbook {
	facts := export.Table{Title: v.Title, Columns: t.columns("activity.what", "activity.is"), Rows: export.Of(v.Facts, func(f fact) []export.Cell {
		return []export.Cell{export.String(f.Name), export.String(f.Text)}
	})}
	districts := export.Table{
		Title:   t.say("activity.districts"),
		Columns: t.columns("part.code", "scope.district", "part.mode", "#part.cap", "#part.accepted", "part.contact", "part.phone"),
		Rows: export.Of(v.Districts, func(d districtLine) []export.Cell {
			mode := "none"
			if d.Mode != "" {
				mode = string(d.Mode)
			}
			return []export.Cell{export.String(d.Unit.Code), export.String(d.Name), export.String(t.say("part.mode." + mode)), export.Int(d.Cap),
				export.Int(d.Accepted), export.String(d.Contact), export.String(d.Phone)}
		}),
	}
	return workbook{Title: v.Title, Tables: []export.Table{facts, districts}}
}
