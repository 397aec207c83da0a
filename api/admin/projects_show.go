package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// perPage is how many rows a list shows at once.
const perPage = 50

type projectsView struct {
	page.Frame
	Projects      []survey.Project
	Pager         pager
	Search, Place string
	Places        []placeChoice
	MayImport     bool
	Filtered      bool
}

// placeChoice is one area to choose in a filter or for an account.
type placeChoice struct {
	Value, Name string
	Level       int // 1 district, 2 subdistrict, 3 community: indents
}

// showProjects lists the projects in scope: search, area, pages.
func (h *Handlers) showProjects(c *gin.Context) error {
	title := h.text(c, "projects.title")
	v := projectsView{
		Frame:  h.frame(c, "projects", title, page.Crumb{Text: title}),
		Search: c.Query("q"), Place: c.Query("place"), MayImport: may(c, survey.ImportProjects),
	}
	places, err := h.Store.Places(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	v.Places = choicesOf(places)
	filter := filterOf(places, v.Place)
	filter.Search, filter.Limit, filter.Offset = v.Search, perPage, (pageOf(c)-1)*perPage
	projects, total, err := h.Store.Projects(c.Request.Context(), scope(c), filter)
	if err != nil {
		return err
	}
	v.Projects, v.Pager = projects, pagerOf(c, total, perPage)
	v.Filtered = v.Search != "" || v.Place != ""
	h.Pages.Show(c, 200, "staff/projects", v)
	return nil
}

// own is the id of a place's own level.
func own(p survey.Place) (id survey.ID, level int) {
	switch {
	case p.Community != 0:
		return p.Community, 3
	case p.Subdistrict != 0:
		return p.Subdistrict, 2
	}
	return p.District, 1
}

// choicesOf lists places from the district down, as they come.
func choicesOf(places []survey.Place) []placeChoice {
	list := make([]placeChoice, 0, len(places))
	for _, p := range places {
		id, level := own(p)
		list = append(list, placeChoice{id.String(), p.Name(), level})
	}
	return list
}

// filterOf is the filter for a place chosen by its id; an unknown one
// chooses nothing out.
func filterOf(places []survey.Place, chosen string) survey.ProjectFilter {
	for _, p := range places {
		if id, level := own(p); chosen != "" && id.String() == chosen {
			switch level {
			case 1:
				return survey.ProjectFilter{District: id}
			case 2:
				return survey.ProjectFilter{Subdistrict: id}
			}
			return survey.ProjectFilter{Community: id}
		}
	}
	return survey.ProjectFilter{}
}
