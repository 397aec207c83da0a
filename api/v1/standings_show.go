package v1

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// showStandings answers GET /campaigns/{id}/standings.
func (h *Handlers) showStandings(c *gin.Context) {
	campaign, kept, err := h.glances(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	rows, next, err := pageOf(c, kept, func(g **survey.Glance) string { return (*g).Project.ID.String() })
	if err != nil {
		h.fail(c, err)
		return
	}
	now, role := h.Now(), actorOf(c).Role
	list := StandingsJSON{AsOf: moment(now), Items: make([]StandingJSON, len(rows)), Next: next}
	for i, row := range rows {
		list.Items[i] = standingJSON(survey.Stand(campaign, *row.Enrolment, role, now))
	}
	h.send(c, list)
}

// glances are the projects of the campaign of the path that pass the filters of
// the address, in register order: one query whatever the number of responses
// (DESIGN §5).
func (h *Handlers) glances(c *gin.Context) (survey.Campaign, []*survey.Glance, error) {
	a, now := actorOf(c), h.Now()
	f, err := filterOf(c)
	if err != nil {
		return survey.Campaign{}, nil, err
	}
	light, err := oneOf(c, "light", lights())
	if err != nil {
		return survey.Campaign{}, nil, err
	}
	campaign, err := h.campaignOf(c)
	if err != nil {
		return campaign, nil, err
	}
	enrolments, err := h.Store.Enrolments(c.Request.Context(), a.Scope, campaign.ID)
	if err != nil {
		return campaign, nil, err
	}
	var kept []*survey.Glance
	for _, g := range survey.Glances(campaign, enrolments, a.Role, now) {
		if f.keeps(&g.Project) && (light == "" || g.Owner.Light == light) {
			kept = append(kept, g)
		}
	}
	return campaign, kept, nil
}
