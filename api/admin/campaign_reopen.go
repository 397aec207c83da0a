package admin

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// showReopening asks the first person for a new end and a reason, and the
// second one for a yes.
func (h *Handlers) showReopening(c *gin.Context) error {
	return h.renderReopening(c, http.StatusOK, faults{})
}

func (h *Handlers) renderReopening(c *gin.Context, status int, f faults) error {
	campaign, err := h.stepCampaign(c, survey.ClosedStage, "error.campaign.not_closed")
	if err != nil {
		return err
	}
	v := h.stepOf(c, "reopen", campaign, f)
	if v.Waits, err = h.waitsFor(c, campaign.ID, survey.ApproveReopen); err != nil {
		return err
	}
	v.Danger = true
	if v.Waits == nil {
		v.Asks, v.Closes = true, typed(c, "closes")
		if v.Closes == "" {
			v.Closes = page.Minute(h.Now().Add(7 * 24 * time.Hour))
		}
		v.fact(h, c, "reopen.fact.second")
		v.Button = h.text(c, "reopen.ask")
	} else {
		v.Button = h.text(c, "reopen.confirm")
	}
	v.fact(h, c, "reopen.fact.answers")
	v.fact(h, c, "reopen.fact.hidden")
	return h.renderStep(c, status, v)
}

// saveReopening asks for a reopening or confirms one.
func (h *Handlers) saveReopening(c *gin.Context) error {
	campaign, err := h.stepCampaign(c, survey.ClosedStage, "error.campaign.not_closed")
	if err != nil {
		return err
	}
	reason, pending := typed(c, "reason"), false
	if err = survey.CheckReason(reason); err == nil {
		_, pending, err = h.Store.ReopenCampaign(c.Request.Context(), actor(c), campaign.ID, minute(c.PostForm("closes")), reason)
	}
	done := "reopened"
	if pending {
		done = "asked"
	}
	return h.finish(c, campaign, done, err, func(status int, f faults) error { return h.renderReopening(c, status, f) })
}
