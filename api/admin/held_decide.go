package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// saveDecision confirms a proposal as the second person, or withdraws it.
// The proposal must be one of the address's project.
func (h *Handlers) saveDecision(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return err
	}
	id, err := idParam(c, "proposal")
	if err != nil {
		return err
	}
	found, err := h.Store.Proposals(c.Request.Context(), scope(c), campaign.ID)
	if err != nil {
		return err
	}
	done, known := "withdrawn", false
	confirm := c.PostForm("confirm") != ""
	for _, p := range found {
		if p.ID != id || p.Project != project {
			continue
		}
		known = true
		if confirm && p.Release {
			done = "released"
		} else if confirm {
			done = "excluded"
		}
	}
	if !known {
		return survey.NotFoundError("error.not_found")
	}
	err = h.Store.Decide(c.Request.Context(), actor(c), id, confirm)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderHeld(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"/held/"+project.String()+"?done="+done)
}
