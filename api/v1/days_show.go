package v1

import (
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// DaysJSON is the turnout by day, without days on which nothing came.
type DaysJSON struct {
	AsOf  string    `json:"as_of"`
	Items []DayJSON `json:"items"`
	Next  *string   `json:"next"`
}

// DayJSON is one day in Beijing.
type DayJSON struct {
	Day       string `json:"day"`
	Responses int64  `json:"responses"`
}

// showDays answers GET /campaigns/{id}/days: of all projects in scope, or of
// one.
func (h *Handlers) showDays(c *gin.Context) {
	days, err := h.days(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	some, next, err := pageOf(c, days, func(d *survey.TurnoutDay) string { return d.Day.Format(time.DateOnly) })
	if err != nil {
		h.fail(c, err)
		return
	}
	list := DaysJSON{AsOf: moment(h.Now()), Items: make([]DayJSON, len(some)), Next: next}
	for i, d := range some {
		list.Items[i] = DayJSON{d.Day.Format(time.DateOnly), d.Responses}
	}
	h.send(c, list)
}

func (h *Handlers) days(c *gin.Context) ([]survey.TurnoutDay, error) {
	ctx, scope := c.Request.Context(), actorOf(c).Scope
	if project := c.Query("project"); project != "" {
		campaign, e, err := h.enrolmentOf(c, project)
		if err != nil {
			return nil, err
		}
		days, err := h.Store.TurnoutDays(ctx, scope, campaign.ID, []survey.ID{e.Project.ID}, time.Time{})
		return days[e.Project.ID], err
	}
	campaign, err := h.campaignOf(c)
	if err != nil {
		return nil, err
	}
	return h.Store.AreaDays(ctx, scope, campaign.ID)
}
