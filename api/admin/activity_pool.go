package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// mostFound is how many projects of a search can be ticked at once.
const mostFound = 100

type poolView struct {
	page.Frame
	faults
	Activity  survey.Activity
	Projects  []candidate
	Found     []candidate // by the search, not candidates yet
	Search    string
	More      int // found beyond mostFound
	Registers string
	MayChange bool
	Path      string
}

type candidate struct {
	survey.Project
	Ticked bool
}

// showPool shows the candidates in scope.
func (h *Handlers) showPool(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	return h.renderPool(c, http.StatusOK, a, poolView{}, nil)
}

// savePool makes the ticked projects and those named by register number the
// candidates.
func (h *Handlers) savePool(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	v := poolView{Registers: c.PostForm("registers")}
	ticked := make([]survey.ID, 0, len(c.PostFormArray("project")))
	for _, text := range c.PostFormArray("project") {
		id, err := survey.ParseID(text)
		if err != nil {
			return err
		}
		ticked = append(ticked, id)
	}
	registers := strings.FieldsFunc(v.Registers, func(r rune) bool { return strings.ContainsRune(" \t\r\n,，;；、　", r) })
	if len(ticked)+len(registers) > survey.MostCandidates {
		err = survey.Fail(survey.Invalid, "error.pool.many", "Most", survey.MostCandidates).Field("registers", "error.pool.many", "Most", survey.MostCandidates)
	} else {
		_, err = h.Store.SetPool(c.Request.Context(), actor(c), a.ID, ticked, registers)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = f
		return h.renderPool(c, status, a, v, ticked)
	}
	if err != nil {
		return err
	}
	return see(c, activitiesPath+"/"+a.ID.String()+"/pool?done=pool_saved")
}

// renderPool shows the candidates, of a form that comes back with its own ticks.
func (h *Handlers) renderPool(c *gin.Context, status int, a survey.Activity, v poolView, ticked []survey.ID) error {
	ctx := c.Request.Context()
	projects, err := h.Store.Pool(ctx, scope(c), a.ID)
	if err != nil {
		return err
	}
	there := map[survey.ID]bool{}
	for _, p := range projects {
		there[p.ID] = true
		v.Projects = append(v.Projects, candidate{p, !v.Any() || slices.Contains(ticked, p.ID)})
	}
	v.Activity, v.MayChange = a, may(c, survey.ManageActivities) && a.Ended.IsZero()
	v.Search = strings.TrimSpace(c.Query("q"))
	if v.MayChange && v.Search != "" {
		found, total, err := h.Store.Projects(ctx, scope(c), survey.ProjectFilter{Search: v.Search, Limit: mostFound})
		if err != nil {
			return err
		}
		v.More = total - len(found)
		for _, p := range found {
			if !there[p.ID] {
				v.Found = append(v.Found, candidate{p, false})
			}
		}
	}
	for _, id := range ticked { // what a form had ticked beyond the candidates
		if !there[id] {
			p, err := h.Store.Project(ctx, scope(c), id)
			if err != nil {
				return err
			}
			v.Found = append(v.Found, candidate{p, true})
		}
	}
	v.Path = activitiesPath + "/" + a.ID.String() + "/pool"
	v.Frame = h.activityFrame(c, a, "/pool", h.text(c, "activity.tab.pool"))
	return h.present(c, status, "staff/activity_pool", v)
}

func (v poolView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title, Columns: t.columns("project.register", "project.name", "scope.district", "project.community"),
		Rows: export.Of(v.Projects, func(p candidate) []export.Cell {
			return []export.Cell{export.String(p.Register), export.String(p.Name), export.String(p.Area.District), export.String(p.Area.Community)}
		}),
	}}}
}
