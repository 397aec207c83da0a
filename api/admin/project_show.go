package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type projectView struct {
	page.Frame
	Project survey.Project
	Sum     survey.Homes // of the buildings
	Differs bool         // the project's own figure rules (DESIGN §7)
}

// showProject shows one project with its buildings.
func (h *Handlers) showProject(c *gin.Context) error {
	id, err := idParam(c, "project")
	if err != nil {
		return err
	}
	p, err := h.Store.Project(c.Request.Context(), scope(c), id)
	if err != nil {
		return err
	}
	v := projectView{Project: p, Sum: survey.SumHomes(p.Buildings)}
	v.Differs = len(p.Buildings) > 0 && v.Sum.Households != p.Households
	v.Frame = h.frame(c, "projects", p.Name,
		page.Crumb{Text: h.text(c, "projects.title"), Path: "/admin/projects"}, page.Crumb{Text: p.Name})
	h.Pages.Show(c, 200, "staff/project", v)
	return nil
}
