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
	Campaign survey.Campaign
	Projects []roundProject
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
	enrolments, err := h.Store.Enrolments(ctx, scope(c), campaign.ID)
	if err != nil {
		return err
	}
	filter := filterOf(c, placesOf(enrolments))
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
	return h.renderRound(c, campaign, projects, "/admin/campaigns/"+campaign.ID.String()+"/coach"+query(c))
}

func (h *Handlers) renderRound(c *gin.Context, campaign survey.Campaign, projects []roundProject, back string) error {
	h.Pages.Show(c, http.StatusOK, "print/coach_round", roundView{
		Frame: h.frame(c, "coach", h.text(c, "coach.round.title")), Campaign: campaign, Projects: projects, AsOf: h.Now(), Back: back,
	})
	return nil
}
