package admin

import (
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// saveProposal proposes to release or exclude chosen held answers, for a
// second person to confirm.
func (h *Handlers) saveProposal(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return err
	}
	err = h.propose(c, campaign.ID, project)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderHeld(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"/held/"+project.String()+"?done=proposed")
}

func (h *Handlers) propose(c *gin.Context, campaign, project survey.ID) error {
	responses, reason, decision := chosenResponses(c), typed(c, "reason"), c.PostForm("decision")
	if len(responses) == 0 {
		return survey.Fail(survey.Invalid, "error.held.none").Field("response", "error.held.none")
	}
	if decision != "release" && decision != "exclude" {
		return survey.Fail(survey.Invalid, "error.held.decision").Field("decision", "error.held.decision")
	}
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	_, err := h.Store.Propose(c.Request.Context(), actor(c), campaign, project, responses, decision == "release", reason)
	return err
}

// chosenResponses are the ticked ids; what is no number is left out.
func chosenResponses(c *gin.Context) []int64 {
	var ids []int64
	for _, value := range c.PostFormArray("response") {
		if id, err := strconv.ParseInt(value, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}
