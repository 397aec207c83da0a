package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// showClosing says what closing does: nothing enters any more.
func (h *Handlers) showClosing(c *gin.Context) error {
	return h.renderClosing(c, http.StatusOK, faults{})
}

func (h *Handlers) renderClosing(c *gin.Context, status int, f faults) error {
	campaign, err := h.stepCampaign(c, survey.OpenStage, "error.campaign.not_running")
	if err != nil {
		return err
	}
	v := h.stepOf(c, "close", campaign, f)
	v.Danger = true
	v.fact(h, c, "close.fact.nothing")
	if h.Now().Before(campaign.Closes) {
		v.fact(h, c, "close.fact.early", "Closes", until(c, campaign.Closes))
	}
	v.fact(h, c, "close.fact.exact")
	v.fact(h, c, "close.fact.reopen")
	return h.renderStep(c, status, v)
}

// saveClosing closes the campaign.
func (h *Handlers) saveClosing(c *gin.Context) error {
	campaign, err := h.stepCampaign(c, survey.OpenStage, "error.campaign.not_running")
	if err != nil {
		return err
	}
	reason := typed(c, "reason")
	if err = survey.CheckReason(reason); err == nil {
		_, err = h.Store.CloseCampaign(c.Request.Context(), actor(c), campaign.ID, reason)
	}
	return h.finish(c, campaign, "closed", err, func(status int, f faults) error { return h.renderClosing(c, status, f) })
}
