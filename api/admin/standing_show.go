package admin

import (
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// A project's page answers: what is the verdict, how sure is it, and what
// would change it?
type standingView struct {
	page.Frame
	Campaign campaignRow
	Row      standingRow
	Bases    []baseCard
	AsOf     time.Time
	Live     bool
	Refresh  bool
	LivePath string
	HeldPath string // where held answers are decided, "" for who may not
	Sheet    string // the project's sheet, "" for who may not see it
	Posters  string
	Margins  survey.Margins
}

// baseCard is the verdict card of one base.
type baseCard struct {
	Base  string // "owner" or "resident"
	Cell  resultCell
	Steps []string // how it is calculated, in words with the numbers filled in
}

// showStanding shows the verdict of one project in both bases.
func (h *Handlers) showStanding(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	id, err := idParam(c, "project")
	if err != nil {
		return err
	}
	ctx, a, now := c.Request.Context(), actor(c), h.Now()
	enrolment, groups, err := h.Store.Enrolment(ctx, a.Scope, campaign.ID, id)
	if err != nil {
		return err
	}
	enrolment.Groups = groups
	row := rowOf(campaign, a, now)
	v := standingView{
		Campaign: row, AsOf: now, Live: row.Running(), Refresh: c.Query("live") != "", LivePath: query(c, "live", "1"),
		Row: standingOf(survey.Stand(campaign, enrolment, a.Role, now), row.Path+"/standings"), Margins: campaign.Margins,
	}
	v.Frame = h.campaignFrame(c, campaign, enrolment.Project.Name, page.Crumb{Text: h.text(c, "standings.title"), Path: row.Path + "/standings"})
	v.Bases = []baseCard{
		{"owner", v.Row.Owner, h.reckon(c, campaign, v.Row.Owner)},
		{"resident", v.Row.Resident, h.reckon(c, campaign, v.Row.Resident)},
	}
	if may(c, survey.DecideHeld) && v.Row.Held > 0 {
		v.HeldPath = row.Path + "/held/" + id.String()
	}
	if may(c, survey.ViewSheets) && row.Started() {
		v.Sheet = row.Path + "/sheets/" + id.String()
	}
	if may(c, survey.PrintPosters) && row.Started() {
		v.Posters = "/admin/posters/print?campaign=" + campaign.ID.String() + "&project=" + id.String()
	}
	return h.present(c, 200, "staff/standing", v)
}

// reckon says how a base's verdict is calculated, with its numbers. Nothing
// is said that the actor may not see: a hidden figure leaves its lines out.
func (h *Handlers) reckon(c *gin.Context, campaign survey.Campaign, cell resultCell) []string {
	if cell.Satisfied == nil {
		return nil
	}
	n, k := *cell.Answered, *cell.Satisfied
	full := cell.Households
	steps := []string{
		h.text(c, "reckon.rate", "N", page.Number(n), "K", page.Number(k), "Rate", cell.Result.Rate, "DK", page.Number(*cell.DontKnow)),
		h.text(c, "reckon.item."+yes(10*k > 9*n), "TenK", page.Number(10*k), "NineN", page.Number(9*n)),
		h.text(c, "reckon.veto."+yes(5*k < 3*n), "FiveK", page.Number(5*k), "ThreeN", page.Number(3*n)),
		h.text(c, "reckon.enough", "All", page.Number(full), "Answered", page.Number(n),
			"Full", page.Number(cell.NeededFull), "Provisional", page.Number(cell.NeededProvisional),
			"FullMargin", percent(campaign.Margins.Full), "ProvisionalMargin", percent(campaign.Margins.Provisional)),
	}
	if cell.Whisker != nil {
		steps = append(steps, h.text(c, "reckon.interval", "Interval", cell.Whisker.Text()))
	}
	if campaign.Admission == survey.ByOpen {
		steps = append(steps, h.text(c, "warning.indicative"))
	}
	return steps
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
