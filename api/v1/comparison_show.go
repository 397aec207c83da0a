package v1

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// ComparisonJSON sets projects of a campaign beside what they were in an
// earlier one, in register order.
type ComparisonJSON struct {
	AsOf     string         `json:"as_of"`
	Before   CampaignJSON   `json:"before"`
	After    CampaignJSON   `json:"after"`
	Cautions []string       `json:"cautions"` // what differs beside the answers
	Items    []ComparedJSON `json:"items"`
	Next     *string        `json:"next"`
}

// ComparedJSON is one project in both.
type ComparedJSON struct {
	Project  ProjectJSON  `json:"project"`
	Owner    ComparedBase `json:"owner"`
	Resident ComparedBase `json:"resident"`
}

// ComparedBase is one base in both campaigns.
type ComparedBase struct {
	Before   SideJSON    `json:"before"`
	After    SideJSON    `json:"after"`
	Change   string      `json:"change"`
	Points   *string     `json:"points"`
	Interval *[2]float64 `json:"interval"`
	Reason   *string     `json:"reason"`  // why there is no comparison
	Earlier  bool        `json:"earlier"` // the reason lies with the earlier campaign
}

// SideJSON is one result of a comparison; null where it may not be seen.
type SideJSON struct {
	Households int64   `json:"households"`
	Answered   *int64  `json:"answered"`
	Satisfied  *int64  `json:"satisfied"`
	Rate       *string `json:"rate"`
}

// showComparison answers GET /campaigns/{id}/comparison?with={earlier}.
func (h *Handlers) showComparison(c *gin.Context) {
	a, now := actorOf(c), h.Now()
	id, err := survey.ParseID(c.Query("with"))
	if err != nil {
		h.fail(c, survey.Fail(survey.Invalid, "error.filter").Field("with", "error.filter"))
		return
	}
	after, kept, err := h.glances(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	before, err := h.Store.Campaign(c.Request.Context(), a.Scope, id)
	if err != nil {
		h.fail(c, err)
		return
	}
	enrolments, err := h.Store.Enrolments(c.Request.Context(), a.Scope, id)
	if err != nil {
		h.fail(c, err)
		return
	}
	some, next, err := pageOf(c, kept, func(g **survey.Glance) string { return (*g).Project.ID.String() })
	if err != nil {
		h.fail(c, err)
		return
	}
	earlier := map[survey.ID]*survey.Glance{}
	for _, g := range survey.Glances(before, enrolments, a.Role, now) {
		earlier[g.Project.ID] = g
	}
	list := ComparisonJSON{
		AsOf: moment(now), Before: campaignJSON(before, now), After: campaignJSON(after, now), Next: next,
		Cautions: append([]string{}, survey.Cautions(before, after, !before.Ended(now) || !after.Ended(now))...),
		Items:    make([]ComparedJSON, len(some)),
	}
	for i, g := range some {
		one := ComparedJSON{Project: projectJSON(&g.Project)}
		var owner, resident *survey.BaseGlance
		if was := earlier[g.Project.ID]; was != nil {
			owner, resident = &was.Owner, &was.Resident
		}
		one.Owner, one.Resident = comparedJSON(survey.Compare(owner, &g.Owner)), comparedJSON(survey.Compare(resident, &g.Resident))
		list.Items[i] = one
	}
	h.send(c, list)
}

func comparedJSON(c survey.Compared) ComparedBase {
	return ComparedBase{
		Before: sideJSON(c.Before), After: sideJSON(c.After), Change: string(c.Change), Points: word(c.Points),
		Interval: c.Interval, Reason: word(c.Reason), Earlier: c.Earlier,
	}
}

func sideJSON(s survey.ComparedSide) SideJSON {
	j := SideJSON{Households: s.Households}
	if s.Seen {
		j.Answered, j.Satisfied, j.Rate = &s.Answered, &s.Satisfied, word(s.Rate())
	}
	return j
}
