package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type projectsView struct {
	page.Frame
	listFilter
	Projects  []survey.Project
	Pager     pager
	MayImport bool
	Imported  bool // just now, by somebody who may go on to a campaign
}

// showProjects lists the projects in scope: search, area, pages.
func (h *Handlers) showProjects(c *gin.Context) error {
	title := h.text(c, "projects.title")
	v := projectsView{
		Frame: h.frame(c, "projects", title, page.Crumb{Text: title}), MayImport: may(c, survey.ImportProjects),
		Imported: c.Query("done") == "imported" && may(c, survey.ManageCampaigns),
	}
	places, err := h.Store.Places(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	v.listFilter = filterOf(c, places)
	if err := h.offerCompanies(c, &v.listFilter); err != nil {
		return err
	}
	if v.Projects, v.Pager, err = h.projectsOnPage(c, v.within); err != nil {
		return err
	}
	return h.present(c, 200, "staff/projects", v)
}

// projectsOnPage reads the page of the register that was asked for, and the
// last one where it lies beyond the end.
func (h *Handlers) projectsOnPage(c *gin.Context, f survey.ProjectFilter) ([]survey.Project, pager, error) {
	f.Limit, f.Offset = perPage, (pageOf(c)-1)*perPage
	if exporting(c) {
		f.Limit, f.Offset = 0, 0
	}
	projects, total, err := h.Store.Projects(c.Request.Context(), scope(c), f)
	if err != nil {
		return nil, pager{}, err
	}
	p := pagerOf(c, total)
	if start := max(0, p.From-1); start != f.Offset {
		f.Offset = start
		if projects, total, err = h.Store.Projects(c.Request.Context(), scope(c), f); err != nil {
			return nil, pager{}, err
		}
		p = pagerOf(c, total)
	}
	return projects, p, nil
}

// offerCompanies offers the companies and kinds of the register in scope.
func (h *Handlers) offerCompanies(c *gin.Context, f *listFilter) (err error) {
	if f.Companies, err = h.Store.Companies(c.Request.Context(), scope(c)); err != nil {
		return err
	}
	f.Kinds, err = h.Store.Kinds(c.Request.Context(), scope(c))
	f.settle()
	return err
}
