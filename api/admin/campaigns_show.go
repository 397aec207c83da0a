package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type campaignsView struct {
	page.Frame
	Campaigns []campaignRow
	MayAdd    bool
	Sheets    bool // chosen for their sheets
}

// showCampaigns lists the campaigns in scope, newest first.
func (h *Handlers) showCampaigns(c *gin.Context) error {
	title := h.text(c, "campaigns.title")
	v := campaignsView{Frame: h.frame(c, "campaigns", title, page.Crumb{Text: title}), MayAdd: may(c, survey.ManageCampaigns)}
	return h.renderCampaigns(c, v)
}

func (h *Handlers) renderCampaigns(c *gin.Context, v campaignsView) error {
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	for _, one := range campaigns {
		if row := rowOf(one, actor(c), h.Now()); !v.Sheets || row.Started() {
			v.Campaigns = append(v.Campaigns, row)
		}
	}
	return h.present(c, 200, "staff/campaigns", v)
}
