package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// addResults adds to the overview what is to be done about results: a company
// reads its own and answers them, a district publishes and decides on
// promises.
func (h *Handlers) addResults(c *gin.Context, v *overviewView, campaigns []survey.Campaign) error {
	ctx, a := c.Request.Context(), actor(c)
	if v.Company {
		rows, _, err := h.Store.Results(ctx, a, survey.ResultFilter{})
		for _, r := range rows {
			v.Results = append(v.Results, resultRowOf(r))
		}
		v.Todo = companyWork(v.Results)
		return err
	}
	if !a.Role.May(survey.PublishPromises) {
		return nil
	}
	for _, one := range campaigns {
		if one.Stage != survey.SealedStage || !a.Scope.Manages(one.Owner) {
			continue
		}
		p, err := h.Store.Publication(ctx, a.Scope, one.ID)
		if err != nil {
			return err
		}
		if !p.Published() {
			v.Todo = append(v.Todo, workItem{Kind: "publish", Count: 1, Path: "/admin/campaigns/" + one.ID.String() + "/publish", Names: []workName{{Text: one.Name}}})
		}
	}
	rows, _, err := h.Store.Results(ctx, a, survey.ResultFilter{Choice: survey.WaitingResult})
	if err != nil {
		return err
	}
	waiting := resultWork{kind: "promises"}
	for _, r := range rows {
		waiting.add(resultRowOf(r), r.Counts.Waiting)
	}
	v.Todo = append(v.Todo, waiting.items("/admin/results?show="+string(survey.WaitingResult))...)
	return nil
}

// companyWork is what a company has to do, the most urgent first.
func companyWork(rows []resultRow) []workItem {
	returned, late, unanswered := resultWork{kind: "returned"}, resultWork{kind: "late"}, resultWork{kind: "answer"}
	for _, r := range rows {
		returned.add(r, r.Counts.Returned)
		late.add(r, r.Counts.Late)
		if !r.Any() {
			unanswered.add(r, 1)
		}
	}
	return append(returned.items("/admin/results"), append(late.items("/admin/results"), unanswered.items("/admin/results")...)...)
}

// resultWork gathers one line of a worklist over results.
type resultWork struct {
	kind  string
	count int
	rows  []resultRow
}

func (w *resultWork) add(r resultRow, n int) {
	if n > 0 {
		w.count, w.rows = w.count+n, append(w.rows, r)
	}
}

// items is the line, or none. It leads to the list, or to the one result that
// it is about.
func (w *resultWork) items(list string) []workItem {
	if w.count == 0 {
		return nil
	}
	item := workItem{Kind: w.kind, Count: w.count, Path: list}
	for _, r := range w.rows[:min(len(w.rows), mostNames)] {
		item.Names = append(item.Names, workName{r.Project.Name, r.Path})
	}
	if len(w.rows) == 1 {
		item.Path = w.rows[0].Path + "#promises"
	}
	item.More = len(w.rows) > mostNames
	return []workItem{item}
}
