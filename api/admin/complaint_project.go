package admin

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/chart"
	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/rubric"
)

// The page of a project answers: what do its complaints say for items 1.2 and
// 1.3 and beside veto 6.4?
type complaintProjectView struct {
	page.Frame
	activityChoice
	Project  survey.Project
	Case     rubric.ComplaintCase
	Word     word // of item 1.2
	Thousand string
	Response, Resolution,
	Share, HomeShare string // of the complaints, and beside it of the households
	Months  chart.Days
	Limits  []limitLine
	Bands   []bandLine
	Tickets []ticketLine
	Pager   pager
	Unequal bool // the log and the monthly totals differ in a month
}

type limitLine struct {
	Class                survey.ComplaintClass
	Response, Resolution string
}

// bandLine is a band of item 1.3; Here is the one that the project has.
type bandLine struct {
	rubric.Band
	Here bool
}

// showComplaintProject shows the complaints of a project in an activity.
func (h *Handlers) showComplaintProject(c *gin.Context) error {
	id, err := idParam(c, "project")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	v := complaintProjectView{}
	if v.Project, err = h.Store.Project(ctx, scope(c), id); err != nil {
		return err
	}
	if v.activityChoice, err = h.activityAsked(c); err != nil {
		return err
	}
	if v.Case, err = h.Store.ComplaintCase(ctx, scope(c), v.Activity.ID, id); err != nil {
		return err
	}
	list, p, err := h.complaintsOnPage(c, survey.ComplaintFilter{Project: id, From: v.Activity.ComplaintsFrom, To: v.Activity.ComplaintsTo})
	if err != nil {
		return err
	}
	rules := h.Store.PromptRules()
	v.Tickets, v.Pager = ticketLines(list, rules, h.Now()), p
	v.fill(teller{h, c}, rules)
	v.Frame = h.complaintFrame(c, v.Project.Name)
	return h.present(c, http.StatusOK, "staff/complaint_project", v)
}

func (v *complaintProjectView) fill(t teller, rules rubric.PromptRules) {
	one := v.Case
	v.Word, v.Thousand = lowestWord(one.Lowest), perThousand(one.Volume.Complaints, one.Volume.Households)
	v.Response = shareDown(one.Prompt.OnTimeResponse, one.Prompt.DueResponse)
	v.Resolution = shareDown(one.Prompt.OnTimeResolution, one.Prompt.DueResolution)
	v.Share = shareDown(one.Concentration.Complaints, one.Concentration.All)
	v.HomeShare = shareDown(one.Concentration.Homes, one.Concentration.AllHomes)
	for _, class := range survey.ComplaintClasses() {
		limit := rules.Limits[class]
		v.Limits = append(v.Limits, limitLine{class, hoursOf(t, limit.Response), hoursOf(t, limit.Resolution)})
	}
	for _, b := range rules.Bands {
		v.Bands = append(v.Bands, bandLine{b, one.Prompt.Points != nil && *one.Prompt.Points == rubric.Halves(2*b.Points)})
	}
	any := false
	for _, m := range one.Volume.Months {
		any = any || m.Known
		v.Unequal = v.Unequal || m.Differs()
	}
	if any {
		v.draw(t)
	}
}

// draw makes the figure of the months.
func (v *complaintProjectView) draw(t teller) {
	for _, m := range v.Case.Volume.Months {
		name, value := monthName(m.Month), page.Number(m.Complaints)
		mark := chart.Day{Name: name, Short: fmt.Sprintf("%d", m.Month%100), Count: m.Complaints, Value: value, Text: t.say("complaints.month.text", "Month", name, "N", value)}
		if !m.Known {
			mark.Value, mark.Text = "—", t.say("complaints.month.unknown", "Month", name)
		}
		v.Months.Marks = append(v.Months.Marks, mark)
	}
	v.Months.Unit = t.say("complaints.unit")
	v.Months.Words = chart.Words{ID: "months", Title: t.say("complaints.months"), Desc: t.say("complaints.months.desc", "N", page.Number(v.Case.Volume.Complaints))}
}

// Points are those of item 1.3, "" where it cannot be assessed.
func (v complaintProjectView) Points() string {
	if v.Case.Prompt.Points == nil {
		return ""
	}
	return v.Case.Prompt.Points.String()
}

// workbook is everything that the page says.
func (v complaintProjectView) workbook(t teller) workbook {
	one := v.Case
	notes := []export.Note{
		t.note("project.name", v.Project.Name), t.note("complaints.activity", v.Activity.Name), t.note("complaints.period", v.First()+" – "+v.Last()),
		t.note("complaints.item12", t.say(v.Word.Key)),
		t.note("complaints.response.share", fmt.Sprintf("%s (%d/%d)", v.Response, one.Prompt.OnTimeResponse, one.Prompt.DueResponse)),
		t.note("complaints.resolution.share", fmt.Sprintf("%s (%d/%d)", v.Resolution, one.Prompt.OnTimeResolution, one.Prompt.DueResolution)),
		t.note("complaints.ours", t.say("complaints.ours.what")),
	}
	months := export.Table{
		Title: t.say("complaints.months"), Columns: t.columns("complaints.month", "#complaints.volume", "#complaints.logged", "complaints.from"),
		Rows: export.Of(one.Volume.Months, func(m rubric.MonthVolume) []export.Cell {
			volume := dash()
			if m.Known {
				volume = export.Int(m.Complaints)
			}
			return []export.Cell{export.String(monthName(m.Month)), volume, export.Int(m.Tickets), export.String(t.say("complaints.from." + feedWord(m)))}
		}),
	}
	return workbook{Title: strings.TrimSpace(v.Project.Name), Notes: notes, Tables: []export.Table{months, t.tickets(v.Tickets), v.limits(t), v.bands(t)}}
}

// limits are those of item 1.3, which are ours.
func (v complaintProjectView) limits(t teller) export.Table {
	return export.Table{
		Title: t.say("complaints.limits"), Columns: t.columns("complaints.class", "complaints.response", "complaints.resolved"),
		Rows: export.Of(v.Limits, func(l limitLine) []export.Cell {
			return []export.Cell{export.String(t.say("complaints.class." + strings.ToLower(string(l.Class)))), export.String(l.Response), export.String(l.Resolution)}
		}),
	}
}

func (v complaintProjectView) bands(t teller) export.Table {
	return export.Table{
		Title: t.say("complaints.bands"), Columns: t.columns("complaints.response.share", "complaints.resolution.share", "#complaints.points.word"),
		Rows: export.Of(v.Bands, func(b bandLine) []export.Cell {
			return []export.Cell{export.String(fmt.Sprintf("≥ %d%%", b.Band.Response)), export.String(fmt.Sprintf("≥ %d%%", b.Band.Resolution)), export.Int(b.Points)}
		}),
	}
}

// feedWord says where a month's number comes from.
func feedWord(m rubric.MonthVolume) string {
	switch {
	case m.Total:
		return "total"
	case m.Known:
		return "log"
	}
	return "none"
}

// monthLine is a month with where its number comes from.
type monthLine struct {
	rubric.MonthVolume
	Name, From string
}

// MonthLines are the months of the period.
func (v complaintProjectView) MonthLines() []monthLine {
	lines := make([]monthLine, len(v.Case.Volume.Months))
	for i, m := range v.Case.Volume.Months {
		lines[i] = monthLine{m, monthName(m.Month), feedWord(m)}
	}
	return lines
}
