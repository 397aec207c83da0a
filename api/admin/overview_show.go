package admin

import (
	"cmp"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The overview answers: what is going on, and what is to be done today?
type overviewView struct {
	page.Frame
	Campaigns []overviewCampaign
	Drafts    []campaignRow
	First     []firstStep // what to do first; empty once everything runs
	Company   bool        // who sees results once they are published
	Results   []resultRow // the company's own
	Todo      []workItem  // about results: to publish, to decide on, to answer
	Live      bool
	AsOf      time.Time
}

type overviewCampaign struct {
	campaignRow
	Figures figures
	Work    []workItem
	Days    int // on which answers are still taken
}

// workItem is one line of the worklist.
type workItem struct {
	Kind  string // "low", "short", "held", "closing", or what waits for a second person: "reopen", "seal", "decide"
	Count int
	Path  string
	Names []string // of the first few projects, or of who asked
	More  bool     // there are more names than these
}

// firstStep of a fresh installation.
type firstStep struct {
	Key, Path string
	Done      bool
	Next      bool // the first that is not done
}

// mostNames is how many projects a line of the worklist names.
const mostNames = 3

// showOverview shows the running campaigns in scope.
func (h *Handlers) showOverview(c *gin.Context) error {
	now, a := h.Now(), actor(c)
	v := overviewView{Frame: h.frame(c, "overview", h.text(c, "staff.overview")), AsOf: now, Company: a.Role == survey.CompanyRole}
	v.Staff.Crumbs = nil
	ctx := c.Request.Context()
	var campaigns []survey.Campaign
	var err error
	if may(c, survey.ViewStandings) { // others see results when they are published
		if campaigns, err = h.Store.Campaigns(ctx, a.Scope); err != nil {
			return err
		}
	}
	for _, one := range campaigns {
		row := rowOf(one, a, now)
		switch {
		case one.Stage == survey.Draft && row.May:
			v.Drafts = append(v.Drafts, row)
		case one.Stage == survey.OpenStage || one.Stage == survey.ClosedStage:
			enrolments, err := h.Store.Enrolments(ctx, a.Scope, one.ID)
			if err != nil {
				return err
			}
			o := overviewOf(row, survey.Glances(one, enrolments, a.Role, now), a, now)
			if err := h.addWaiting(c, &o); err != nil {
				return err
			}
			v.Campaigns = append(v.Campaigns, o)
			v.Live = v.Live || row.Running()
		}
	}
	if err := h.addResults(c, &v, campaigns); err != nil {
		return err
	}
	if v.First, err = h.firstSteps(c, campaigns); err != nil {
		return err
	}
	h.Pages.Show(c, 200, "staff/overview", v)
	return nil
}

func overviewOf(row campaignRow, rows []*survey.Glance, a survey.Actor, now time.Time) overviewCampaign {
	o := overviewCampaign{campaignRow: row, Figures: figuresOf(rows)}
	standings := row.Path + "/standings"
	var low, short, held []*survey.Glance
	lack := map[*survey.Glance]int64{} // as the coach counts, whose page the line leads to
	for _, g := range rows {
		if g.Owner.Light == "low" {
			low = append(low, g)
		}
		if row.Running() { // before it nothing can be missing, after it nothing can come
			if missing := row.Lack(g.Enrolment).Short; missing > 0 {
				lack[g], short = missing, append(short, g)
			}
		}
		if g.Held > 0 {
			held = append(held, g)
		}
	}
	survey.SortGlances(low)
	slices.SortStableFunc(short, func(a, b *survey.Glance) int { return cmp.Compare(lack[b], lack[a]) })
	o.add("low", standings+"?light=low", low)
	o.add("short", row.Path+"/coach", short)
	if a.Role.May(survey.DecideHeld) {
		o.add("held", row.Path+"/held", held)
	}
	if left := row.Closes.Sub(now); row.Running() && left < 3*24*time.Hour {
		o.Work = append(o.Work, workItem{Kind: "closing", Path: row.Path})
	}
	o.Days = row.DaysLeft(now)
	return o
}

// addWaiting lists what another person asked for and this one could confirm.
func (h *Handlers) addWaiting(c *gin.Context, o *overviewCampaign) error {
	ctx, a := c.Request.Context(), actor(c)
	if !o.May {
		return nil
	}
	approvals, err := h.Store.Approvals(ctx, a.Scope, o.ID)
	if err != nil {
		return err
	}
	proposals, err := h.Store.Proposals(ctx, a.Scope, o.ID)
	if err != nil {
		return err
	}
	for _, one := range approvals {
		if survey.SecondPerson(one.By, a) == nil {
			o.Work = append(o.Work, workItem{Kind: one.Kind, Count: 1, Path: o.Path, Names: []string{one.ByName}})
		}
	}
	for _, one := range proposals {
		if survey.SecondPerson(one.By, a) == nil {
			o.Work = append(o.Work, workItem{Kind: "decide", Count: one.Count, Path: o.Path + "/held/" + one.Project.String(), Names: []string{one.ByName}})
		}
	}
	return nil
}

func (o *overviewCampaign) add(kind, path string, rows []*survey.Glance) {
	if len(rows) == 0 {
		return
	}
	item := workItem{Kind: kind, Count: len(rows), Path: path}
	for _, s := range rows[:min(len(rows), mostNames)] {
		item.Names = append(item.Names, s.Project.Name)
	}
	o.Work = append(o.Work, item)
}

// firstSteps are shown until a campaign was opened once: register, campaign,
// posters.
func (h *Handlers) firstSteps(c *gin.Context, campaigns []survey.Campaign) ([]firstStep, error) {
	if !may(c, survey.ImportProjects) {
		return nil, nil
	}
	_, projects, err := h.Store.Projects(c.Request.Context(), scope(c), survey.ProjectFilter{Limit: 1})
	if err != nil {
		return nil, err
	}
	opened := slices.ContainsFunc(campaigns, func(c survey.Campaign) bool { return c.Stage != survey.Draft })
	if opened {
		return nil, nil
	}
	steps := []firstStep{{Key: "first.import", Path: importPath, Done: projects > 0}}
	if may(c, survey.ManageCampaigns) {
		steps = append(steps, firstStep{Key: "first.campaign", Path: "/admin/campaigns/new", Done: len(campaigns) > 0},
			firstStep{Key: "first.open", Path: "/admin/campaigns"})
		if drafts := slices.IndexFunc(campaigns, func(c survey.Campaign) bool { return c.Stage == survey.Draft }); drafts >= 0 {
			steps[2].Path = "/admin/campaigns/" + campaigns[drafts].ID.String() + "/open"
		}
	}
	steps = append(steps, firstStep{Key: "first.posters", Path: "/admin/posters"}, firstStep{Key: "first.coach", Path: "/admin/coach"})
	next := slices.IndexFunc(steps, func(s firstStep) bool { return !s.Done })
	steps[next].Next = true
	return steps, nil
}
