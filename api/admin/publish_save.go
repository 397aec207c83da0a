package admin

import (
	"context"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// savePublishing makes a campaign's results public, those that the actor looked
// at.
func (h *Handlers) savePublishing(c *gin.Context) error {
	return h.onPublication(c, "published", func(ctx context.Context, campaign survey.Campaign) error {
		return h.Store.PublishResults(ctx, actor(c), campaign.ID, seen(c))
	})
}

// savePublishingDay plans the day; an empty one is none.
func (h *Handlers) savePublishingDay(c *gin.Context) error {
	return h.onPublication(c, "planned", func(ctx context.Context, campaign survey.Campaign) error {
		to := day(typed(c, "publishes"))
		if to.IsZero() && typed(c, "publishes") != "" {
			return survey.Fail(survey.Invalid, "error.publication.day").Field("publishes", "error.publication.day")
		}
		return h.Store.PlanPublication(ctx, actor(c), campaign.ID, to)
	})
}

// saveRetraction takes a publication back.
func (h *Handlers) saveRetraction(c *gin.Context) error {
	return h.onPublication(c, "retracted", func(ctx context.Context, campaign survey.Campaign) error {
		return h.Store.RetractResults(ctx, actor(c), campaign.ID, typed(c, "reason"))
	})
}

// onPublication runs a step and goes back to the page of publishing, with a
// sentence or with what is wrong.
func (h *Handlers) onPublication(c *gin.Context, done string, do func(context.Context, survey.Campaign) error) error {
	campaign, err := h.ownedCampaign(c)
	if err != nil {
		return err
	}
	err = do(c.Request.Context(), campaign)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		typedDay, sent := c.GetPostForm("publishes")
		if !sent {
			typedDay = dayValue(campaign.Publishes)
		}
		return h.renderPublishing(c, status, campaign, typedDay, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"/publish?done="+done)
}
