package admin

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

type declarationsView struct {
	page.Frame
	faults
	Activity survey.Activity
	Third    bool // declares itself
	Can      bool // and the activity takes it now
	Rows     []declarationLine
	Waiting  int // projects of which a third party has not said anything
	Note     string
	Letters  int
	Back     string
}

// declarationLine is a project with what a third party said of it.
type declarationLine struct {
	Project survey.Project
	Said    *rubric.Declaration // nil: nothing yet
	Chosen  bool                // as ticked
	Path    string              // its sheet
}

// showDeclarations shows a third party its projects with what it declared, and
// whoever decides or audits what all third parties did.
func (h *Handlers) showDeclarations(c *gin.Context) error {
	return h.renderDeclarations(c, http.StatusOK, faults{}, nil)
}

func (h *Handlers) renderDeclarations(c *gin.Context, status int, f faults, chosen []survey.ID) error {
	id, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	who := actor(c)
	if who.Role.AssessesItself() { // an interest in them is nothing they are told
		return survey.NotFoundError("error.not_found")
	}
	a, projects, err := h.Store.Declarable(c.Request.Context(), who.Scope, id)
	if err != nil {
		return err
	}
	said, err := h.Store.Declarations(c.Request.Context(), who.Scope, id)
	if err != nil {
		return err
	}
	v := declarationsView{
		faults: f, Activity: a, Third: who.Role.May(survey.ScoreAsThird), Note: typed(c, "note"), Letters: survey.LongestReason,
		Back: "/admin/sheets/" + a.ID.String(),
	}
	v.Can = v.Third && a.Works(h.Now()) == nil
	if v.Third {
		v.own(who, projects, said, chosen)
	} else {
		for _, d := range said {
			v.Rows = append(v.Rows, declarationLine{Project: d.Project, Said: &d, Path: v.Back + "/" + d.Project.ID.String()})
		}
	}
	title := h.text(c, "declaration.title")
	v.Frame = h.frame(c, "sheets", title, page.Crumb{Text: h.text(c, "sheets.title"), Path: "/admin/sheets"},
		page.Crumb{Text: a.Name, Path: v.Back}, page.Crumb{Text: title})
	return h.present(c, status, "staff/declarations", v)
}

// own fills in the projects of a third party.
func (v *declarationsView) own(who survey.Actor, projects []survey.Project, said []rubric.Declaration, chosen []survey.ID) {
	mine := map[survey.ID]*rubric.Declaration{}
	for _, d := range said {
		if d.By.ID == who.Account {
			mine[d.Project.ID] = &d
		}
	}
	for _, p := range projects {
		line := declarationLine{Project: p, Said: mine[p.ID], Chosen: slices.Contains(chosen, p.ID), Path: v.Back + "/" + p.ID.String()}
		if line.Said == nil {
			v.Waiting++
		}
		v.Rows = append(v.Rows, line)
	}
}

// undeclared says whether the reader is a third party that has not declared
// itself yet on each of so many projects that are chosen.
func (h *Handlers) undeclared(c *gin.Context, activity survey.ID, projects int, chosen func(survey.ID) bool) (bool, error) {
	if !may(c, survey.ScoreAsThird) {
		return false, nil
	}
	said, err := h.Store.Declarations(c.Request.Context(), scope(c), activity)
	for _, d := range said {
		if d.By.ID == actor(c).Account && chosen(d.Project.ID) {
			projects--
		}
	}
	return projects > 0, err
}
