package admin

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// A project's page answers: what is the verdict, how sure is it, how does it
// come about, and what would change it?
type standingView struct {
	page.Frame
	Campaign campaignRow
	Row      standingRow
	Bases    []baseCard
	Splits   []splitTable
	Closed   bool // there are splits to be seen
	AsOf     time.Time
	Live     bool
	Refresh  bool
	LivePath string
	Links    []standingLink
	Rules    string // all rules, with this campaign's margins

	Low, High int64 // the two lines of pictures, in percent
	Step, Few int64 // of what is shown before closing, see survey.ShownStep and survey.FewestShown
}

// LaneShare is the share of a lane among all of them.
func (v standingView) LaneShare(l laneCount) string {
	var all int64
	for _, lane := range v.Row.Lanes {
		all += lane.Count
	}
	return survey.Rate(l.Count, all)
}

// standingLink is a way on from a page.
type standingLink struct{ Key, Path string }

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
	s := survey.Stand(campaign, enrolment, a.Role, now)
	v := standingView{
		Campaign: row, AsOf: now, Live: row.Running(), Refresh: c.Query("live") != "", LivePath: query(c, "live", "1"),
		Row: standingOf(s, row.Path+"/standings"), Closed: campaign.Ended(now), Rules: rulesPath + "?campaign=" + campaign.ID.String(),
		Low: survey.Veto61Threshold().Percent(), High: survey.Item11Threshold().Percent(), Step: survey.ShownStep, Few: survey.FewestShown,
	}
	v.Frame = h.campaignFrame(c, campaign, enrolment.Project.Name, page.Crumb{Text: h.text(c, "standings.title"), Path: row.Path + "/standings"})
	t := teller{h, c}
	v.Bases = []baseCard{
		t.card("owner", campaign, v.Row.Owner, campaign.WhatIf(s.Owner, s.Held, now)),
		t.card("resident", campaign, v.Row.Resident, campaign.WhatIf(s.Resident, s.Held, now)),
	}
	if err := h.addBefore(c, &v, enrolment); err != nil {
		return err
	}
	if v.Closed {
		v.Splits = splitsOf(survey.Splits(campaign, enrolment, a.Role, now))
		v.order(c)
	}
	v.Links = linksOf(c, row, id, v.Row)
	return h.present(c, http.StatusOK, "staff/standing", v)
}

// order puts the buildings with the lowest rate first where the address asks
// for it.
func (v *standingView) order(c *gin.Context) {
	for i := range v.Splits {
		t := &v.Splits[i]
		if t.By != survey.BuildingSplit || len(t.Rows) < 2 {
			continue
		}
		t.Weak, t.Plain = query(c, "sort", "weak"), query(c, "sort", "")
		if t.Weakest = c.Query("sort") == "weak"; t.Weakest {
			t.weakestFirst()
		}
	}
}

// linksOf are the pages that go deeper into a project, for who may see
// them.
func linksOf(c *gin.Context, row campaignRow, project survey.ID, s standingRow) []standingLink {
	var list []standingLink
	id, kept := project.String(), carry(c)
	link := func(action survey.Action, when bool, key, path string) {
		if when && may(c, action) {
			list = append(list, standingLink{key, path})
		}
	}
	link(survey.DecideHeld, s.Held > 0, "step.held", row.Path+"/held/"+id)
	link(survey.ViewStandings, row.Started(), "verdict.questions", row.Path+"/standings/"+id+"/questions"+kept)
	link(survey.ViewComments, row.Started(), "verdict.comments", row.Path+"/standings/"+id+"/comments"+kept)
	link(survey.ViewCoach, row.Started(), "verdict.coach", row.Path+"/coach/"+id)
	link(survey.ViewSheets, row.Started(), "standing.sheet", row.Path+"/sheets/"+id)
	link(survey.ViewResults, row.Stage == survey.SealedStage, "verdict.result", resultPath(row.ID, project))
	link(survey.ViewStandings, row.Started(), "correction.homes", row.Path+"/projects/"+id)
	link(survey.PrintPosters, row.Started(), "step.posters", "/admin/posters/print?campaign="+row.ID.String()+"&project="+id)
	return list
}
