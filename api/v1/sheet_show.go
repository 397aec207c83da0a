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
}

// AwardJSON is one item; points are null, never a silent 0, where it has none.
type AwardJSON struct {
	ID     string   `json:"id"`
	Points *float64 `json:"points"`
	Max    float64  `json:"max"`
	State  *string  `json:"state"` // null where Hidden says why
	Hidden string   `json:"hidden,omitempty"`
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

// sheet fills the sheet from the snapshot; before sealing all of it is open.
func (h *Handlers) sheet(c *gin.Context) (rubric.Sheet, error) {
	scope := actorOf(c).Scope
	id, err := survey.ParseID(c.Param("id"))
	if err != nil {
		return rubric.Sheet{}, err
	}
	project, err := survey.ParseID(c.Param("project"))
	if err != nil {
		return rubric.Sheet{}, err
	}
	campaign, err := h.Store.Campaign(c.Request.Context(), scope, id)
	if err != nil {
		return rubric.Sheet{}, err
	}
	if _, _, err := h.Store.Enrolment(c.Request.Context(), scope, id, project); err != nil {
		return rubric.Sheet{}, err
	}
	if campaign.Stage != survey.SealedStage {
		return h.Rubric.Fill(project, campaign, nil, actorOf(c).Role), nil
	}
	_, sealed, err := h.Store.Sealed(c.Request.Context(), scope, id, project)
	if err != nil {
		return rubric.Sheet{}, err
	}
	return h.Rubric.Fill(project, campaign, &sealed, actorOf(c).Role), nil
}

func sheetJSON(s rubric.Sheet) SheetJSON {
	j := SheetJSON{Project: s.Project.String(), Total: s.Total.Points(), Complete: s.Complete}
	for _, a := range s.Awards {
		award := AwardJSON{ID: a.Item.ID, Max: a.Item.Max.Points(), State: word(a.State), Hidden: hiddenWord(a)}
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
	if a.Hidden {
		return survey.HiddenFew
	}
	return ""
}
