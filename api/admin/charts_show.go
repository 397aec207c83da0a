package admin

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/chart"
	"meihao/api/page"
	"meihao/survey"
)

// The charts answer: how is it going, and how do the projects lie?
type chartsView struct {
	page.Frame
	listFilter
	Campaign                 campaignRow
	Projects                 int // that the filter leaves
	Days                     chart.Days
	Total                    int64 // responses of all days
	Scatter                  chart.Scatter
	Points                   []pointRow // beside the scatter, in the order of its marks
	Undrawn                  int        // projects whose rate there is none of or may not be seen
	League                   chart.Rows
	Rows                     []standingRow // beside the league
	Pager                    pager
	Bottom                   bool   // the league begins at its end
	TopPath, BottomPath      string // of either beginning
	AsOf                     time.Time
	Live, Refresh            bool
	LivePath                 string
	HiddenByRole, Indicative bool

	kept []*survey.Glance // whose rate is shown, in the league's order
	row  func(*survey.Glance) standingRow
}

// DaysBack are the days as the table beside the bars has them: the latest
// first.
func (v chartsView) DaysBack() []chart.Day {
	days := slices.Clone(v.Days.Marks)
	slices.Reverse(days)
	return days
}

// showCharts draws a campaign's projects: all of them are looked at, those of
// the league's page are judged.
func (h *Handlers) showCharts(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	a, now := actor(c), h.Now()
	v := chartsView{
		Frame: h.campaignFrame(c, campaign, h.text(c, "charts.title")), Campaign: rowOf(campaign, a, now), AsOf: now,
		Refresh: c.Query("live") != "", LivePath: liveOther(c), Bottom: c.Query("end") == "bottom",
		TopPath: query(c, "end", "", "page", "", "live", ""), BottomPath: query(c, "end", "bottom", "page", "", "live", ""),
		HiddenByRole: campaign.HidesFigures(a.Role, now), Indicative: campaign.Admission == survey.ByOpen,
	}
	v.Live = v.Campaign.Running()
	enrolments, err := h.Store.Enrolments(c.Request.Context(), a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	v.listFilter = filterAmong(c, enrolments)
	kept := slices.DeleteFunc(survey.Glances(campaign, enrolments, a.Role, now), func(g *survey.Glance) bool { return !v.keeps(&g.Project) })
	v.Projects = len(kept)
	t := teller{h, c}
	if err := h.addDays(t, &v, campaign, kept); err != nil {
		return err
	}
	kept = slices.DeleteFunc(kept, func(g *survey.Glance) bool { return !g.Owner.SeesRate() || g.Owner.Answered == 0 })
	v.Undrawn = v.Projects - len(kept)
	survey.SortGlances(kept)
	deeper := carry(c)
	v.kept, v.row = kept, func(g *survey.Glance) standingRow {
		row := standingOf(survey.Stand(campaign, *g.Enrolment, a.Role, now), v.Campaign.Path+"/standings")
		row.Path += deeper
		return row
	}
	v.addScatter(t, kept)
	v.addLeague(t)
	return h.present(c, http.StatusOK, "staff/charts", v)
}

// addLeague draws the page of the league that the address asks for.
func (v *chartsView) addLeague(t teller) {
	list := v.kept
	if v.Bottom {
		list = slices.Clone(list)
		slices.Reverse(list)
	}
	var shown []*survey.Glance
	shown, v.Pager = onPage(t.c, list)
	if exporting(t.c) { // which makes its rows one by one
		return
	}
	lowest := 100.0
	v.League.Words = chart.Words{ID: "league", Title: t.say("charts.league"), Desc: t.say("charts.league.desc")}
	for _, g := range shown {
		row := v.row(g)
		w := row.Owner.Whisker
		if w == nil {
			continue
		}
		lowest = min(lowest, w.Lo)
		v.Rows = append(v.Rows, row)
		v.League.Marks = append(v.League.Marks, chart.Row{
			Name: row.Project.Name, Lo: w.Lo, Hi: w.Hi, At: &w.At, Tone: toneOf(g.Owner.Light), Value: row.Owner.Result.Rate,
			Text: t.say("charts.league.text", "Name", row.Project.Name, "Rate", row.Owner.Result.Rate, "Share", shareOf(g.Owner), "Interval", w.Text(),
				"Word", t.say(lightWord(g.Owner.Light).Key)),
		})
	}
	v.League.From = chart.BaseOf(lowest)
}

// toneOf is the tone of a light in a figure.
func toneOf(light string) string {
	if light == "none" {
		return "small"
	}
	return light
}

// shareOf is k/n of a base that is shown.
func shareOf(g survey.BaseGlance) string {
	return page.Number(g.Satisfied) + "/" + page.Number(g.Answered)
}
