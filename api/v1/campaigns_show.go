package v1

import (
	"net/http"
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
}

// showCampaigns answers GET /campaigns.
func (h *Handlers) showCampaigns(c *gin.Context) {
	campaigns, err := h.Store.Campaigns(c.Request.Context(), actorOf(c).Scope)
	if err != nil {
		h.fail(c, err)
		return
	}
	list := CampaignsJSON{Items: make([]CampaignJSON, len(campaigns))}
	for i, one := range campaigns {
		list.Items[i] = campaignJSON(one, h.Now())
	}
	c.JSON(http.StatusOK, list)
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
