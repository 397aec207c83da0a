package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// showSealing says what sealing does and what it asks for here.
func (h *Handlers) showSealing(c *gin.Context) error {
	return h.renderSealing(c, http.StatusOK, faults{})
}

func (h *Handlers) renderSealing(c *gin.Context, status int, f faults) error {
	campaign, err := h.stepCampaign(c, survey.ClosedStage, "error.campaign.not_closed")
	if err != nil {
		return err
	}
	needs, err := h.Store.SealNeeds(c.Request.Context(), scope(c), campaign.ID)
	if err != nil {
		return err
	}
	v := h.stepOf(c, "seal", campaign, f)
	if v.Waits, err = h.waitsFor(c, campaign.ID, survey.ApproveSeal); err != nil {
		return err
	}
	v.Danger, v.Listing = true, needs.Undecided > 0
	v.fact(h, c, "seal.fact.key")
	v.fact(h, c, "seal.fact.final")
	v.fact(h, c, "seal.fact.sheets")
	if needs.Undecided > 0 {
		v.fact(h, c, "seal.fact.undecided", "N", page.Number(needs.Undecided))
	}
	if needs.Contested > 0 {
		v.fact(h, c, "seal.fact.contested", "N", page.Number(needs.Contested))
	}
	switch {
	case v.Waits != nil:
		v.Button = h.text(c, "seal.confirm")
	case needs.Second():
		v.fact(h, c, "seal.fact.second")
		v.Button = h.text(c, "seal.ask")
	}
	return h.renderStep(c, status, v)
}

// saveSealing seals, asks for sealing or confirms it.
func (h *Handlers) saveSealing(c *gin.Context) error {
	campaign, err := h.stepCampaign(c, survey.ClosedStage, "error.campaign.not_closed")
	if err != nil {
		return err
	}
	reason, pending := typed(c, "reason"), false
	if err = survey.CheckReason(reason); err == nil {
		_, pending, err = h.Store.SealCampaign(c.Request.Context(), actor(c), campaign.ID, reason, c.PostForm("undecided") != "")
	}
	done := "sealed"
	if pending {
		done = "asked"
	}
	return h.finish(c, campaign, done, err, func(status int, f faults) error { return h.renderSealing(c, status, f) })
}
