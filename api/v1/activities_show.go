package v1

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// ActivityJSON is one activity.
type ActivityJSON struct {
	ID           string  `json:"id"`
	Year         int     `json:"year"`
	Name         string  `json:"name"`
	Document     string  `json:"document"`
	RulesVersion string  `json:"rules_version"`
	Order        string  `json:"order"` // of selection, "" while not chosen
	State        string  `json:"state"` // planned, running or ended
	DistrictCap  int     `json:"district_cap"`
	CityTitles   int     `json:"city_titles"`
	Due          *string `json:"due"` // last moment for the districts
}

// ActivitiesJSON lists activities, the newest year first.
type ActivitiesJSON struct {
	Items []ActivityJSON `json:"items"`
	Next  *string        `json:"next"`
}

// showActivities answers GET /activities.
func (h *Handlers) showActivities(c *gin.Context) {
	all, err := h.Store.Activities(c.Request.Context())
	if err != nil {
		h.fail(c, err)
		return
	}
	some, next, err := pageOf(c, all, func(a *survey.Activity) string { return a.ID.String() })
	if err != nil {
		h.fail(c, err)
		return
	}
	list := ActivitiesJSON{Items: make([]ActivityJSON, len(some)), Next: next}
	for i, a := range some {
		list.Items[i] = ActivityJSON{
			ID: a.ID.String(), Year: a.Year, Name: a.Name, Document: a.Document, RulesVersion: a.RulesVersion,
			Order: string(a.Order), State: string(a.Phase(h.Now())), DistrictCap: a.DistrictCap, CityTitles: a.CityTitles,
		}
		if !a.DistrictDue.IsZero() {
			due := moment(a.DistrictDue)
			list.Items[i].Due = &due
		}
	}
	h.send(c, list)
}
