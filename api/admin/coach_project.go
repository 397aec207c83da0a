package admin

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// A project's coach answers: which buildings still lack how many answers, and
// will they come in time?
type coachProjectView struct {
	page.Frame
	Campaign           campaignRow
	Row                coachRow
	Groups             []coachRow
	Chart              dayChart
	AsOf               time.Time
	Live               bool
	Refresh            bool
	LivePath           string
	Reminders, Round   string // "" where there is nothing to remind of
	Posters, Standings string // "" for who may not
}

// coached is one enrolment with its groups, its days and its coaches.
type coached struct {
	survey.Enrolment
	campaign survey.Campaign
	days     []survey.TurnoutDay
	project  survey.Coach
	groups   []survey.Coach
}

// coachedOf loads the enrolment of the path with all that a coach needs.
func (h *Handlers) coachedOf(c *gin.Context) (coached, error) {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return coached{}, err
	}
	id, err := idParam(c, "project")
	if err != nil {
		return coached{}, err
	}
	ctx, now := c.Request.Context(), h.Now()
	e, groups, err := h.Store.Enrolment(ctx, scope(c), campaign.ID, id)
	if err != nil {
		return coached{}, err
	}
	e.Groups = groups
	days, err := h.Store.GroupDays(ctx, scope(c), campaign.ID, id)
	if err != nil {
		return coached{}, err
	}
	return coached{
		Enrolment: e, campaign: campaign, days: days,
		project: survey.CoachProject(campaign, e, days, now), groups: survey.CoachGroups(campaign, e, days, now),
	}, nil
}

// showCoachProject coaches one project, building group by building group.
func (h *Handlers) showCoachProject(c *gin.Context) error {
	k, err := h.coachedOf(c)
	if err != nil {
		return err
	}
	now := h.Now()
	row := rowOf(k.campaign, actor(c), now)
	path := row.Path + "/coach/" + k.Project.ID.String()
	v := coachProjectView{
		Frame: h.coachFrame(c, k.campaign, k.Project.Name), Campaign: row, AsOf: now,
		Row:  coachRow{Coach: k.project, Project: k.Project, Word: coachWord(k.project.State), Path: path},
		Live: row.Running(), Refresh: c.Query("live") != "", LivePath: liveOther(c),
		Chart: chartOf(k.campaign, k.days, k.project.NeedsArrived, now),
	}
	for _, g := range k.groups {
		v.Groups = append(v.Groups, coachRow{Coach: g, Project: k.Project, Word: coachWord(g.State), Path: path})
	}
	if row.Takes() {
		v.Reminders, v.Round = path+"/reminders", path+"/round"
	}
	if may(c, survey.PrintPosters) && row.Started() {
		v.Posters = "/admin/posters?" + url.Values{"campaign": {k.campaign.ID.String()}, "q": {k.Project.Name}}.Encode()
	}
	if may(c, survey.ViewStandings) && row.Started() {
		v.Standings = row.Path + "/standings/" + k.Project.ID.String()
	}
	return h.present(c, http.StatusOK, "staff/coach_project", v)
}
