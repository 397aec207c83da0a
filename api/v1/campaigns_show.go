package v1

import (
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// CampaignJSON is one campaign.
type CampaignJSON struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	State     string `json:"state"` // draft, open, closed or sealed
	Owner     string `json:"owner"` // the district's name, "" for the city
	Admission string `json:"admission"`
	Opens     string `json:"opens"`
	Closes    string `json:"closes"`
	Accepts   bool   `json:"accepts"` // takes answers at this moment
	Projects  int    `json:"projects"`
	Demo      bool   `json:"demonstration"`
}

// CampaignsJSON lists campaigns, the newest first.
type CampaignsJSON struct {
	Items []CampaignJSON `json:"items"`
	Next  *string        `json:"next"`
}

// showCampaigns answers GET /campaigns.
func (h *Handlers) showCampaigns(c *gin.Context) {
	campaigns, err := h.Store.Campaigns(c.Request.Context(), actorOf(c).Scope)
	if err != nil {
		h.fail(c, err)
		return
	}
	some, next, err := pageOf(c, campaigns, func(one *survey.Campaign) string { return one.ID.String() })
	if err != nil {
		h.fail(c, err)
		return
	}
	list := CampaignsJSON{Items: make([]CampaignJSON, len(some)), Next: next}
	for i, one := range some {
		list.Items[i] = campaignJSON(one, h.Now())
	}
	h.send(c, list)
}

// showCampaign answers GET /campaigns/{id}.
func (h *Handlers) showCampaign(c *gin.Context) {
	campaign, err := h.campaignOf(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	h.send(c, campaignJSON(campaign, h.Now()))
}

// campaignOf is the campaign of the path, as the token may see it.
func (h *Handlers) campaignOf(c *gin.Context) (survey.Campaign, error) {
	id, err := survey.ParseID(c.Param("id"))
	if err != nil {
		return survey.Campaign{}, err
	}
	return h.Store.Campaign(c.Request.Context(), actorOf(c).Scope, id)
}

func campaignJSON(c survey.Campaign, now time.Time) CampaignJSON {
	return CampaignJSON{
		ID: c.ID.String(), Name: c.Name, State: string(c.Stage), Owner: c.OwnerName, Admission: string(c.Admission),
		Opens: moment(c.Opens), Closes: moment(c.Closes), Accepts: c.Accepts(now) == nil,
		Projects: c.Enrolled, Demo: c.Demonstration,
	}
}

// moment writes a time as RFC 3339 in Beijing's zone.
func moment(t time.Time) string { return t.In(page.Beijing()).Format(time.RFC3339) }
