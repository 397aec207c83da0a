package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The way into the coach answers: in which campaign are answers missing?
type coachCampaignsView struct {
	page.Frame
	Campaigns []campaignRow
}

// showCoachCampaigns leads to the running campaign in scope, and lets choose
// where there is not just one, or the address asks for all.
func (h *Handlers) showCoachCampaigns(c *gin.Context) error {
	title := h.text(c, "coach.title")
	v := coachCampaignsView{Frame: h.frame(c, "coach", title, page.Crumb{Text: title})}
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	var running []campaignRow
	for _, one := range campaigns {
		row := rowOf(one, actor(c), h.Now())
		if row.Running() {
			running = append(running, row)
		}
		if row.Started() && row.Stage != survey.SealedStage {
			v.Campaigns = append(v.Campaigns, row)
		}
	}
	if len(running) == 1 && c.Query("all") == "" {
		c.Redirect(http.StatusSeeOther, running[0].Path+"/coach")
		return nil
	}
	return h.present(c, http.StatusOK, "staff/coach_campaigns", v)
}

// coachFrame is the frame of a page below the coach of a campaign.
func (h *Handlers) coachFrame(c *gin.Context, campaign survey.Campaign, title string, between ...page.Crumb) page.Frame {
	crumbs := []page.Crumb{{Text: h.text(c, "coach.title"), Path: "/admin/coach?all=1"}}
	if len(between) == 0 && title == h.text(c, "coach.title") {
		return h.frame(c, "coach", title, append(crumbs, page.Crumb{Text: campaign.Name})...)
	}
	crumbs = append(crumbs, page.Crumb{Text: campaign.Name, Path: "/admin/campaigns/" + campaign.ID.String() + "/coach"})
	return h.frame(c, "coach", title, append(append(crumbs, between...), page.Crumb{Text: title})...)
}
