package admin

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The overview answers: where do we stand, and what is to be done today?
type overviewView struct {
	page.Frame
	Campaigns []*overviewCampaign
	Drafts    []campaignRow
	First     []firstStep // what to do first; empty once everything runs
	Company   bool        // who sees results once they are published
	Results   []resultRow // the company's own
	Todo      []workItem  // about results: to publish, to decide on, to answer, to adopt
	Live      bool
	AsOf      time.Time
}

type overviewCampaign struct {
	campaignRow
	Figures figures
	Work    []workItem
	Days    int      // on which answers are still taken
	Sums    sumTable // the places of the next level side by side, none where there is only one
	Hidden  bool     // the actor sees nothing but turnout

	before *survey.Campaign // the one to compare with
	rows   []*survey.Glance
	was    *overviewBefore
}

// firstStep of a fresh installation.
type firstStep struct {
	Key, Path string
	Done      bool
	Next      bool // the first that is not done
}

// showOverview shows the running campaigns in scope.
func (h *Handlers) showOverview(c *gin.Context) error {
	now, a := h.Now(), actor(c)
	v := overviewView{Frame: h.frame(c, "overview", h.text(c, "staff.overview")), AsOf: now, Company: a.Role == survey.CompanyRole}
	v.Staff.Crumbs = nil
	var campaigns []survey.Campaign
	var err error
	if may(c, survey.ViewStandings) { // others see results when they are published
		if campaigns, err = h.Store.Campaigns(c.Request.Context(), a.Scope); err != nil {
			return err
		}
	}
	for _, one := range campaigns {
		row := rowOf(one, a, now)
		switch {
		case one.Stage == survey.Draft && row.May:
			v.Drafts = append(v.Drafts, row)
		case one.Stage == survey.OpenStage || one.Stage == survey.ClosedStage:
			v.Campaigns = append(v.Campaigns, &overviewCampaign{
				campaignRow: row, before: campaignBefore(campaigns, one, now), Hidden: one.HidesFigures(a.Role, now), Days: row.DaysLeft(now),
			})
			v.Live = v.Live || row.Running()
		}
	}
	if err := h.fillOverview(c, v.Campaigns); err != nil {
		return err
	}
	if err := h.addResults(c, &v, campaigns); err != nil {
		return err
	}
	if err := h.addStale(c, &v, campaigns); err != nil {
		return err
	}
	if v.First, err = h.firstSteps(c, campaigns); err != nil {
		return err
	}
	return h.present(c, 200, "staff/overview", v)
}

// fillOverview reads the projects of the campaigns, side by side with those
// of the campaigns before, and says of each what is to be done.
func (h *Handlers) fillOverview(c *gin.Context, list []*overviewCampaign) error {
	a, now := actor(c), h.Now()
	glances := func(one survey.Campaign) ([]*survey.Glance, error) {
		enrolments, err := h.Store.Enrolments(c.Request.Context(), a.Scope, one.ID)
		return survey.Glances(one, enrolments, a.Role, now), err
	}
	var reading sync.WaitGroup
	faults := make([][2]error, len(list))
	for i, o := range list {
		if o.before != nil && !o.Hidden {
			reading.Go(func() {
				rows, err := glances(*o.before)
				o.was, faults[i][1] = beforeOf(o.before.ID, rows), err
			})
		}
		o.rows, faults[i][0] = glances(o.Campaign)
	}
	reading.Wait()
	for _, f := range faults {
		if err := errors.Join(f[0], f[1]); err != nil {
			return err
		}
	}
	for _, o := range list {
		if err := h.fillCampaign(c, o); err != nil {
			return err
		}
	}
	return nil
}

func (h *Handlers) fillCampaign(c *gin.Context, o *overviewCampaign) error {
	standings := o.Path + "/standings"
	o.Figures = figuresOf(o.rows)
	o.Figures.Paths = tileLinks{All: standings, Turnout: standings + "?sort=" + string(survey.ByTurnout)}
	if !o.Hidden {
		o.Figures.Paths.High, o.Figures.Paths.Low = standings+"?light=high", standings+"?light=low"
	}
	o.Sums = sumsBeside(o.rows, levelOf(scope(c)), standings, o.Hidden)
	o.worklist(o.rows, o.was)
	if err := h.addSilent(c, o); err != nil {
		return err
	}
	o.addHeld(o.rows, actor(c))
	if err := h.addWaiting(c, o); err != nil {
		return err
	}
	o.addClosing(h.Now())
	return nil
}

// sumsBeside puts the places side by side of the first level below the actor's
// own that has several: districts, else subdistricts, else communities.
func sumsBeside(rows []*survey.Glance, above survey.Level, standings string, hidden bool) sumTable {
	for _, level := range []struct {
		name string
		at   survey.Level
	}{{"district", survey.DistrictLevel}, {"subdistrict", survey.SubdistrictLevel}, {"community", survey.CommunityLevel}} {
		if level.at <= above {
			continue
		}
		sums := survey.Sums(rows, level.at)
		if len(sums) < 2 {
			continue
		}
		table := sumTable{Level: level.name}
		for _, sum := range sums {
			id, _ := own(sum.Place)
			path := standings + "?place=" + id.String()
			table.Rows = append(table.Rows, sumRowOf(sum, hidden, func(light string) string {
				if light == "" {
					return path
				}
				return path + "&light=" + light
			}))
		}
		return table
	}
	return sumTable{}
}

// firstSteps are shown until a campaign was opened once: register, campaign,
// posters.
func (h *Handlers) firstSteps(c *gin.Context, campaigns []survey.Campaign) ([]firstStep, error) {
	if !may(c, survey.ImportProjects) {
		return nil, nil
	}
	opened := slices.ContainsFunc(campaigns, func(c survey.Campaign) bool { return c.Stage != survey.Draft })
	if opened {
		return nil, nil
	}
	_, projects, err := h.Store.Projects(c.Request.Context(), scope(c), survey.ProjectFilter{Limit: 1})
	if err != nil {
		return nil, err
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
