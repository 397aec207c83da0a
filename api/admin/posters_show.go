package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The poster page answers: for which project shall posters be printed?
type postersView struct {
	page.Frame
	listFilter
	Campaigns []campaignRow
	Chosen    *campaignRow
	Projects  []posterProject
	Pager     pager
	Total     int    // posters in use in the actor's scope
	PrintAll  string // one print of everything, "" where it is too much
}

type posterProject struct {
	Project survey.Project
	Count   int
	Path    string
	Posters []posterLink
}

type posterLink struct {
	Code, Place, Path string
	Retired           bool
}

// mostPosters is what one print takes: a browser lays it out at once.
const mostPosters = 600

// showPosters lists the posters of a campaign, by project.
func (h *Handlers) showPosters(c *gin.Context) error {
	title := h.text(c, "posters.title")
	v := postersView{Frame: h.frame(c, "posters", title, page.Crumb{Text: title})}
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	wanted := c.Query("campaign")
	for _, one := range campaigns {
		row := rowOf(one, actor(c), h.Now())
		if !row.Started() || one.Stage == survey.SealedStage && wanted != one.ID.String() {
			continue
		}
		v.Campaigns = append(v.Campaigns, row)
		if v.Chosen == nil && (wanted == "" || wanted == one.ID.String()) {
			v.Chosen = &row
		}
	}
	if v.Chosen == nil && wanted != "" {
		return survey.NotFoundError("error.not_found")
	}
	if v.Chosen != nil {
		if err := h.posterProjects(c, &v); err != nil {
			return err
		}
	}
	h.Pages.Show(c, http.StatusOK, "staff/posters", v)
	return nil
}

// posterProjects fills in the projects of the page and their posters.
func (h *Handlers) posterProjects(c *gin.Context, v *postersView) error {
	ctx := c.Request.Context()
	enrolments, err := h.Store.Enrolments(ctx, scope(c), v.Chosen.ID)
	if err != nil {
		return err
	}
	printing := "/admin/posters/print?campaign=" + v.Chosen.ID.String()
	v.listFilter = filterOf(c, placesOf(enrolments))
	if !v.Narrows() && len(enrolments) <= mostPosters { // a project has a poster at least
		if v.Total, err = h.Store.PosterCount(ctx, scope(c), v.Chosen.ID); err != nil {
			return err
		}
		if v.Total > 0 && v.Total <= mostPosters {
			v.PrintAll = printing
		}
	}
	var shown []*survey.Enrolment
	shown, v.Pager = onPage(c, v.keptOf(enrolments))
	for _, e := range shown {
		posters, err := h.Store.Posters(ctx, scope(c), v.Chosen.ID, e.Project.ID)
		if err != nil {
			return err
		}
		v.Projects = append(v.Projects, postersOf(e.Project, posters, printing))
	}
	return nil
}

// postersOf lists the posters of one project.
func postersOf(p survey.Project, posters []survey.PosterPlace, printing string) posterProject {
	one := posterProject{Project: p, Path: printing + "&project=" + p.ID.String()}
	for _, place := range posters {
		one.Posters = append(one.Posters, posterLink{place.Code, place.Building.Name, one.Path + "&poster=" + place.Code, place.Retired})
		if !place.Retired {
			one.Count++
		}
	}
	return one
}
