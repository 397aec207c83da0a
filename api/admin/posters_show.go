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
	Campaigns []campaignRow
	Chosen    *campaignRow
	Projects  []posterProject
	Total     int
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

func (h *Handlers) posterProjects(c *gin.Context, v *postersView) error {
	posters, err := h.Store.Posters(c.Request.Context(), scope(c), v.Chosen.ID, 0)
	if err != nil {
		return err
	}
	printing := "/admin/posters/print?campaign=" + v.Chosen.ID.String()
	for _, p := range posters {
		last := len(v.Projects) - 1
		if last < 0 || v.Projects[last].Project.ID != p.Project.ID {
			v.Projects = append(v.Projects, posterProject{Project: p.Project, Path: printing + "&project=" + p.Project.ID.String()})
			last++
		}
		one := &v.Projects[last]
		one.Posters = append(one.Posters, posterLink{p.Code, p.Building.Name, one.Path + "&poster=" + p.Code, p.Retired})
		if !p.Retired {
			one.Count++
			v.Total++
		}
	}
	if v.Total > 0 && v.Total <= mostPosters {
		v.PrintAll = printing
	}
	return nil
}
