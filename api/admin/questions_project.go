package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// restOf is what a project is compared with: the other projects of its
// district that its reader may see.
type restOf struct {
	Place           string // the district, or the smaller area that the reader sees
	Projects, Shown int
}

// showProjectQuestions shows one project beside the others of its district.
func (h *Handlers) showProjectQuestions(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	id, err := idParam(c, "project")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	project, err := h.Store.Project(ctx, scope(c), id)
	if err != nil {
		return err
	}
	around := aroundOf(scope(c), project)
	list, err := h.Store.Distributions(ctx, around, campaign.ID)
	if err != nil {
		return err
	}
	own, rest := apart(list, id)
	if own == nil {
		return survey.NotFoundError("error.not_found")
	}
	a, err := h.askingOf(c, campaign)
	if err != nil {
		return err
	}
	v := h.questionsOf(c, a)
	v.Project, v.Rest.Place = &own[0].Project, placeAround(around, project)
	standing := v.Campaign.Path + "/standings/" + id.String()
	v.Back = standing + carry(c)
	v.Frame = h.campaignFrame(c, campaign, h.text(c, "questions.of", "Project", v.Project.Name),
		page.Crumb{Text: h.text(c, "standings.title"), Path: v.Campaign.Path + "/standings"}, page.Crumb{Text: v.Project.Name, Path: standing})
	v.Comments = h.commentsPath(c, standing+"/comments")
	if err := h.fillQuestions(c, &v, a, own, rest); err != nil {
		return err
	}
	return h.present(c, 200, "staff/questions", v)
}

// aroundOf is the scope in which a project is compared: its district, or what
// its reader sees of it.
func aroundOf(s survey.Scope, p survey.Project) survey.Scope {
	if s.All || s.District != 0 {
		return survey.Scope{District: p.Place.District}
	}
	return s
}

// placeAround is the name of that area.
func placeAround(s survey.Scope, p survey.Project) string {
	switch {
	case s.Community != 0:
		return p.Area.Community
	case s.Subdistrict != 0:
		return p.Area.Subdistrict
	}
	return p.Area.District
}

// apart is the distribution of a project, alone, and the others; nil where it
// is not among them.
func apart(list []survey.Distribution, id survey.ID) (own, rest []survey.Distribution) {
	for i := range list {
		if list[i].Project.ID == id {
			own = []survey.Distribution{list[i]}
			return own, append(list[:i:i], list[i+1:]...)
		}
	}
	return nil, list
}
