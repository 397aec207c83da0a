package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// removeApproval withdraws a step that waits for a second person.
func (h *Handlers) removeApproval(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	kind := typed(c, "kind")
	if kind != survey.ApproveReopen && kind != survey.ApproveSeal {
		return survey.NotFoundError("error.not_found")
	}
	if err := h.Store.WithdrawApproval(c.Request.Context(), actor(c), campaign.ID, kind); err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"?done=withdrawn")
}
