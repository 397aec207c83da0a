package admin

import (
	"html/template"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/poster"
	"meihao/survey"
)

type printView struct {
	page.Frame
	Campaign survey.Campaign
	Posters  []posterPage
	Until    string // the end, in Chinese as the poster is
	Back     string
}

// posterPage is one sheet of A4.
type posterPage struct {
	Project, Building string
	Community         string
	QR                template.HTML
	Before, After     string // the address in clear, cut before the code
	Code              string
	Phone             string
	Asker             string
}

// printPosters makes the print of all posters of a project, of one poster,
// or of a whole campaign, in building order. Retired ones are left out.
func (h *Handlers) printPosters(c *gin.Context) error {
	ctx := c.Request.Context()
	id, err := survey.ParseID(c.Query("campaign"))
	if err != nil {
		return err
	}
	campaign, err := h.Store.Campaign(ctx, scope(c), id)
	if err != nil {
		return err
	}
	var project survey.ID
	if value := c.Query("project"); value != "" {
		if project, err = survey.ParseID(value); err != nil {
			return err
		}
	}
	places, err := h.Store.Posters(ctx, scope(c), id, project)
	if err != nil {
		return err
	}
	v := printView{Campaign: campaign, Until: page.Moment(lang.Default, campaign.Closes), Back: "/admin/posters?campaign=" + id.String()}
	if v.Posters, err = h.posterPages(c, campaign, places); err != nil {
		return err
	}
	if len(v.Posters) == 0 {
		return survey.NotFoundError("error.not_found")
	}
	v.Frame = h.frame(c, "posters", h.text(c, "posters.title"))
	h.Pages.Show(c, http.StatusOK, "print/posters", v)
	return nil
}

func (h *Handlers) posterPages(c *gin.Context, campaign survey.Campaign, places []survey.PosterPlace) ([]posterPage, error) {
	only := survey.NormalCode(c.Query("poster"))
	projects := map[survey.ID]survey.Project{}
	var list []posterPage
	for _, p := range places {
		if p.Retired || only != "" && p.Code != only {
			continue
		}
		if len(list) == mostPosters {
			return nil, survey.Fail(survey.Invalid, "error.posters.many", "Most", mostPosters)
		}
		project, known := projects[p.Project.ID]
		if !known {
			var err error
			if project, err = h.Store.Project(c.Request.Context(), scope(c), p.Project.ID); err != nil {
				return nil, err
			}
			projects[project.ID] = project
		}
		one, err := h.posterPage(campaign, project, p)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

func (h *Handlers) posterPage(campaign survey.Campaign, project survey.Project, p survey.PosterPlace) (posterPage, error) {
	address := poster.Address(h.Public, p.Code)
	qr, err := poster.SVG(address)
	if err != nil {
		return posterPage{}, err
	}
	clear := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	one := posterPage{
		Project: project.Name, Building: p.Building.Name, Community: project.Area.Community, QR: qr,
		Before: strings.TrimSuffix(clear, p.Code), After: p.Code, Code: survey.GroupCode(p.Code, 4),
		Phone: project.Phone, Asker: campaign.Asker,
	}
	if one.Phone == "" {
		one.Phone = campaign.Phone
	}
	return one, nil
}
