package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// showCampaignForm asks for changes of a draft.
func (h *Handlers) showCampaignForm(c *gin.Context) error {
	campaign, err := h.stepCampaign(c, survey.Draft, "error.campaign.not_draft")
	if err != nil {
		return err
	}
	h.renderCampaignForm(c, http.StatusOK, campaign, formOf(campaign), faults{})
	return nil
}

// saveCampaignForm changes a draft.
func (h *Handlers) saveCampaignForm(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	form := typedCampaign(c)
	_, err = h.Store.ChangeCampaign(c.Request.Context(), actor(c), campaign.ID, func(to *survey.Campaign) error {
		if err := form.check(); err != nil {
			return err
		}
		return to.Change(form.campaign())
	})
	if f, status, mendable := h.faultsOf(c, err); mendable {
		h.renderCampaignForm(c, status, campaign, form, f)
		return nil
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"?done=changed")
}

func (h *Handlers) renderCampaignForm(c *gin.Context, status int, campaign survey.Campaign, form campaignForm, f faults) {
	title := h.text(c, "campaign.edit")
	h.Pages.Show(c, status, "staff/campaign_form", campaignFormView{
		Frame: h.campaignFrame(c, campaign, title), faults: f, Form: form,
		Path: c.Request.URL.Path, Back: "/admin/campaigns/" + campaign.ID.String(),
	})
}
