package v1

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/rubric"
)

// SheetJSON is the rubric sheet of one project.
type SheetJSON struct {
	Project  string      `json:"project"`
	Items    []AwardJSON `json:"items"`
	Vetoes   []VetoJSON  `json:"vetoes"`
	Total    float64     `json:"total"` // of what is scored: "at least" while not complete
	Complete bool        `json:"complete"`
	Activity string      `json:"activity"`
	Stale    bool        `json:"stale"`    // 1.1, 6.1 or an override rest on what was corrected since
	Excluded bool        `json:"excluded"` // by a veto
	Blocked  bool        `json:"blocked"`  // by a veto that is not decided
	Partial  bool        `json:"partial"`  // the role sees no awards of assessors
}

// AwardJSON is one item; points are null, never a silent 0, where it has none.
type AwardJSON struct {
	ID     string   `json:"id"`
	Points *float64 `json:"points"`
	Max    float64  `json:"max"`
	State  *string  `json:"state"` // null where Hidden says why
	Hidden string   `json:"hidden,omitempty"`
	// Differs says that assessors differ and nobody has settled it yet.
	Differs bool `json:"differs,omitempty"`
	Stale   bool `json:"stale,omitempty"`
	// Overridden says that two persons have replaced what the machine said.
	Overridden bool `json:"overridden,omitempty"`
}

// VetoJSON is one veto.
type VetoJSON struct {
	ID     string  `json:"id"`
	State  *string `json:"state"`
	Hidden string  `json:"hidden,omitempty"`
}

// showSheet answers GET /campaigns/{id}/sheets/{project}.
func (h *Handlers) showSheet(c *gin.Context) {
	sheet, err := h.sheet(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	h.send(c, sheetJSON(sheet))
}

// sheet fills the sheet of the campaign's activity.
func (h *Handlers) sheet(c *gin.Context) (rubric.Sheet, error) {
	id, err := survey.ParseID(c.Param("id"))
	if err != nil {
		return rubric.Sheet{}, err
	}
	project, err := survey.ParseID(c.Param("project"))
	if err != nil {
		return rubric.Sheet{}, err
	}
	a, one, err := h.Store.CampaignSheet(c.Request.Context(), actorOf(c).Scope, id, project)
	if err != nil {
		return rubric.Sheet{}, err
	}
	return h.Rubric.Sheet(a, one.Entries, one.Figures, actorOf(c).Role), nil
}

func sheetJSON(s rubric.Sheet) SheetJSON {
	j := SheetJSON{
		Project: s.Project.String(), Total: s.Total.Points(), Complete: s.Complete, Activity: s.Activity.String(),
		Stale: s.Stale, Excluded: s.Excluded, Blocked: s.Blocked, Partial: s.Partial,
	}
	for _, a := range s.Awards {
		award := AwardJSON{ID: a.Item.ID, Max: a.Item.Max.Points(), State: word(a.State), Hidden: hiddenWord(a),
			Differs: a.Differs, Stale: a.Stale, Overridden: a.Overridden()}
		if a.Got != nil {
			points := a.Got.Points()
			award.Points = &points
		}
		j.Items = append(j.Items, award)
	}
	for _, a := range s.Vetoes {
		j.Vetoes = append(j.Vetoes, VetoJSON{ID: a.Item.ID, State: word(a.State), Hidden: hiddenWord(a)})
	}
	return j
}

// hiddenWord says why an award is not shown, "" where it is.
func hiddenWord(a rubric.Award) string {
	switch {
	case a.Few:
		return survey.HiddenFew
	case a.Hidden:
		return survey.HiddenByRole
	}
	return ""
}
