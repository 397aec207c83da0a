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

// showComparison answers GET /campaigns/{id}/comparison?with={other}. What was
// earlier is before, whichever of the two the address names first.
func (h *Handlers) showComparison(c *gin.Context) {
	now := h.Now()
	id, err := survey.ParseID(c.Query("with"))
	if err != nil {
		h.fail(c, survey.Fail(survey.Invalid, "error.filter").Field("with", "error.filter"))
		return
	}
	before, after, err := h.inOrder(c, id)
	if err != nil {
		h.fail(c, err)
		return
	}
	kept, earlier, err := h.compared(c, before, after)
	if err != nil {
		h.fail(c, err)
		return
	}
	some, next, err := pageOf(c, kept, func(g **survey.Glance) string { return (*g).Project.ID.String() })
	if err != nil {
		h.fail(c, err)
		return
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

// inOrder are the campaign of the address and another one, the earlier first.
func (h *Handlers) inOrder(c *gin.Context, with survey.ID) (before, after survey.Campaign, err error) {
	if after, err = h.campaignOf(c); err != nil {
		return before, after, err
	}
	if before, err = h.Store.Campaign(c.Request.Context(), actorOf(c).Scope, with); err != nil {
		return before, after, err
	}
	if survey.Earlier(after, before) {
		before, after = after, before
	}
	return before, after, nil
}

// compared are the projects of the later campaign that the address leaves, and
// all of the earlier one.
func (h *Handlers) compared(c *gin.Context, before, after survey.Campaign) (kept []*survey.Glance, earlier map[survey.ID]*survey.Glance, err error) {
	ctx, a, now := c.Request.Context(), actorOf(c), h.Now()
	f, err := filterOf(c)
	if err != nil {
		return nil, nil, err
	}
	light, err := oneOf(c, "light", lights())
	if err != nil {
		return nil, nil, err
	}
	later, err := h.Store.Enrolments(ctx, a.Scope, after.ID)
	if err != nil {
		return nil, nil, err
	}
	former, err := h.Store.Enrolments(ctx, a.Scope, before.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, g := range survey.Glances(after, later, a.Role, now) {
		if f.keeps(&g.Project) && (light == "" || g.Owner.Light == light) {
			kept = append(kept, g)
		}
	}
	earlier = make(map[survey.ID]*survey.Glance, len(former))
	for _, g := range survey.Glances(before, former, a.Role, now) {
		earlier[g.Project.ID] = g
	}
	return kept, earlier, nil
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
