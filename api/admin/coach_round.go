package admin

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The list for the evening round: at which buildings to knock tonight. It
// names buildings and numbers, never a household.
type roundView struct {
	page.Frame
	Campaign campaignRow
	Projects []roundProject
	Off      bool // no answers are or will be taken: nothing to go round for
	Demo     bool
	AsOf     time.Time
	Back     string
}

// roundProject is one sheet: a project with its building groups.
type roundProject struct {
	Project survey.Project
	Total   survey.Coach
	Groups  []survey.Coach
}

// printRound prints the list of one project.
func (h *Handlers) printRound(c *gin.Context) error {
	k, err := h.coachedOf(c)
	if err != nil {
		return err
	}
	return h.renderRound(c, k.campaign, []roundProject{{k.Project, k.project, k.groups}},
		"/admin/campaigns/"+k.campaign.ID.String()+"/coach/"+k.Project.ID.String())
}

// printRounds prints the lists of all projects that the filter leaves and
// that are short, a sheet each.
func (h *Handlers) printRounds(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	ctx, now := c.Request.Context(), h.Now()
	back := "/admin/campaigns/" + campaign.ID.String() + "/coach" + query(c)
	if !rowOf(campaign, actor(c), now).Takes() {
		return h.renderRound(c, campaign, nil, back)
	}
	enrolments, err := h.Store.Enrolments(ctx, scope(c), campaign.ID)
	if err != nil {
		return err
	}
	filter := filterAmong(c, enrolments)
	var short []survey.ID
	for _, e := range filter.keptOf(enrolments) {
		if campaign.Lack(e).Short > 0 {
			short = append(short, e.Project.ID)
		}
	}
	if len(short) > mostRounds {
		return survey.Fail(survey.Invalid, "error.coach.many", "Most", mostRounds)
	}
	grouped, err := h.Store.GroupedEnrolments(ctx, scope(c), campaign.ID, short)
	if err != nil {
		return err
	}
	projects := make([]roundProject, len(grouped))
	for i, e := range grouped { // no pace is printed, so that no days are asked for
		projects[i] = roundProject{e.Project, survey.CoachProject(campaign, e, nil, now), survey.CoachGroups(campaign, e, nil, now)}
	}
	return h.renderRound(c, campaign, projects, back)
}

// renderRound prints the lists, or says why there are none.
func (h *Handlers) renderRound(c *gin.Context, campaign survey.Campaign, projects []roundProject, back string) error {
	v := roundView{
		Frame: h.frame(c, "coach", h.text(c, "coach.round.title")), Campaign: rowOf(campaign, actor(c), h.Now()),
		Projects: projects, Demo: h.demonstrates(campaign), AsOf: h.Now(), Back: back,
	}
	if v.Off = !v.Campaign.Takes(); v.Off {
		v.Projects = nil
	}
	h.Pages.Show(c, http.StatusOK, "print/coach_round", v)
	return nil
}
