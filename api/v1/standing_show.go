package v1

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// OneStandingJSON is one project's standing with its splits.
type OneStandingJSON struct {
	AsOf string `json:"as_of"`
	StandingJSON
	Splits []SplitJSON `json:"splits"`
}

// SplitJSON is one base of a project in parts.
type SplitJSON struct {
	By     string         `json:"by"`
	Base   string         `json:"base"`
	Rows   []SplitRowJSON `json:"rows"`
	Hidden string         `json:"hidden,omitempty"`
}

// SplitRowJSON is one part. What its reader may not see is null.
type SplitRowJSON struct {
	Key        string      `json:"key"`
	Label      string      `json:"label"`
	Households int64       `json:"households"`
	Responses  *int64      `json:"responses"`
	Answered   *int64      `json:"answered"`
	Satisfied  *int64      `json:"satisfied"`
	Rate       *string     `json:"rate"`
	Interval   *[2]float64 `json:"interval"`
	Light      *string     `json:"light"`
	Hidden     string      `json:"hidden,omitempty"`
}

// showStanding answers GET /campaigns/{id}/standings/{project}.
func (h *Handlers) showStanding(c *gin.Context) {
	campaign, e, err := h.enrolmentOf(c, c.Param("project"))
	if err != nil {
		h.fail(c, err)
		return
	}
	now, role := h.Now(), actorOf(c).Role
	one := OneStandingJSON{AsOf: moment(now), StandingJSON: standingJSON(survey.Stand(campaign, e, role, now))}
	for _, s := range survey.Splits(campaign, e, role, now) {
		one.Splits = append(one.Splits, splitJSON(s))
	}
	h.send(c, one)
}

// enrolmentOf is a project of the campaign of the path with its building
// groups.
func (h *Handlers) enrolmentOf(c *gin.Context, project string) (survey.Campaign, survey.Enrolment, error) {
	id, err := survey.ParseID(project)
	if err != nil {
		return survey.Campaign{}, survey.Enrolment{}, err
	}
	campaign, err := h.campaignOf(c)
	if err != nil {
		return campaign, survey.Enrolment{}, err
	}
	e, groups, err := h.Store.Enrolment(c.Request.Context(), actorOf(c).Scope, campaign.ID, id)
	e.Groups = groups
	return campaign, e, err
}

func splitJSON(s survey.Split) SplitJSON {
	j := SplitJSON{By: string(s.By), Base: baseWord(s.Base), Rows: make([]SplitRowJSON, len(s.Rows)), Hidden: s.Hidden}
	for i, r := range s.Rows {
		j.Rows[i] = SplitRowJSON{
			Key: r.Key, Label: r.Label, Households: r.Households, Responses: r.Responses, Answered: r.Answered, Satisfied: r.Satisfied,
			Rate: word(r.Rate), Interval: r.Interval, Light: word(r.Light), Hidden: r.Hidden,
		}
	}
	return j
}

// baseWord names a base.
func baseWord(b survey.Bases) string {
	if b == survey.OwnerBase {
		return "owner"
	}
	return "resident"
}
