package v1

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/rubric"
)

// SheetsJSON lists sheets of an activity in register order.
type SheetsJSON struct {
	Items []SheetLineJSON `json:"items"`
	Next  *string         `json:"next"`
}

// SheetLineJSON is what a sheet comes to.
type SheetLineJSON struct {
	Project   ProjectJSON `json:"project"`
	Total     float64     `json:"total"` // of what is scored: "at least" while not complete
	Complete  bool        `json:"complete"`
	Missing   int         `json:"missing"`   // items without points
	Differing int         `json:"differing"` // items on which assessors differ
	Stale     bool        `json:"stale"`
	Excluded  bool        `json:"excluded"`
	Blocked   bool        `json:"blocked"`
	Waits     bool        `json:"waits"` // for answers that are held
	Partial   bool        `json:"partial"`
}

// showSheets answers GET /activities/{id}/sheets.
func (h *Handlers) showSheets(c *gin.Context) {
	some, next, activity, err := h.sheets(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	list := SheetsJSON{Items: make([]SheetLineJSON, len(some)), Next: next}
	for i := range some {
		one := &some[i]
		s := h.Rubric.Sheet(activity, one.Entries, one.Figures, actorOf(c).Role)
		list.Items[i] = SheetLineJSON{
			Project: projectJSON(&one.Project), Total: s.Total.Points(), Complete: s.Complete, Missing: s.Missing,
			Differing: s.Differing, Stale: s.Stale, Excluded: s.Excluded, Blocked: s.Blocked, Waits: s.Waits, Partial: s.Partial,
		}
	}
	h.send(c, list)
}

// sheets are those of the page that was asked for.
func (h *Handlers) sheets(c *gin.Context) (some []rubric.Case, next *string, a survey.Activity, err error) {
	id, err := survey.ParseID(c.Param("id"))
	if err != nil {
		return nil, nil, a, err
	}
	f, err := filterOf(c)
	if err != nil {
		return nil, nil, a, err
	}
	if _, err := limitOf(c); err != nil { // before all are read
		return nil, nil, a, err
	}
	a, all, err := h.Store.Sheets(c.Request.Context(), actorOf(c).Scope, id, survey.ProjectFilter{})
	if err != nil {
		return nil, nil, a, err
	}
	var kept []rubric.Case
	for i := range all {
		if f.keeps(&all[i].Project) {
			kept = append(kept, all[i])
		}
	}
	some, next, err = pageOf(c, kept, func(one *rubric.Case) string { return one.Project.ID.String() })
	return some, next, a, err
}
