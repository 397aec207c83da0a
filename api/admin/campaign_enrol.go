package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type enrolView struct {
	page.Frame
	faults
	Campaign campaignRow
	Projects []enrolRow
	Chosen   int
}

type enrolRow struct {
	survey.Project
	Chosen bool
}

// showEnrolment asks which projects take part in a draft.
func (h *Handlers) showEnrolment(c *gin.Context) error {
	return h.renderEnrolment(c, http.StatusOK, nil, faults{})
}

// saveEnrolment replaces the draft's list.
func (h *Handlers) saveEnrolment(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	var ids []survey.ID
	chosen := map[survey.ID]bool{}
	for _, value := range c.PostFormArray("project") {
		id, err := survey.ParseID(value)
		if err != nil {
			return err
		}
		if !chosen[id] {
			ids = append(ids, id)
		}
		chosen[id] = true
	}
	err = h.Store.Enrol(c.Request.Context(), actor(c), campaign.ID, ids)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderEnrolment(c, status, chosen, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"?done=enrolled")
}

// renderEnrolment lists the projects of the owner's area; chosen is what was
// ticked just now, nil for what is enrolled.
func (h *Handlers) renderEnrolment(c *gin.Context, status int, chosen map[survey.ID]bool, f faults) error {
	campaign, err := h.stepCampaign(c, survey.Draft, "error.campaign.not_draft")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	if chosen == nil {
		chosen = map[survey.ID]bool{}
		enrolments, err := h.Store.Enrolments(ctx, scope(c), campaign.ID)
		if err != nil {
			return err
		}
		for _, e := range enrolments {
			chosen[e.Project.ID] = true
		}
	}
	projects, _, err := h.Store.Projects(ctx, scope(c), survey.ProjectFilter{District: campaign.Owner})
	if err != nil {
		return err
	}
	v := enrolView{Frame: h.campaignFrame(c, campaign, h.text(c, "enrol.title")), faults: f, Campaign: rowOf(campaign, actor(c), h.Now())}
	for _, p := range projects {
		v.Projects = append(v.Projects, enrolRow{p, chosen[p.ID]})
		if chosen[p.ID] {
			v.Chosen++
		}
	}
	h.Pages.Show(c, status, "staff/enrol", v)
	return nil
}
