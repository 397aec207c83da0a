package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type projectView struct {
	page.Frame
	Project   survey.Project
	Sum       survey.Homes // of the buildings
	Differs   bool         // the project's own figure rules (DESIGN §7)
	Listed    bool         // some building has a household list
	Edit      string       // where the register is put right, "" for who may not
	Frozen    []frozenNote
	Campaigns []resultLine // of which it was a part, with its results
	History   correctionHistory
}

// showProject shows one project with its buildings and what was put right of
// them.
func (h *Handlers) showProject(c *gin.Context) error {
	p, err := h.projectOf(c)
	if err != nil {
		return err
	}
	v := projectView{Project: p, Sum: survey.SumHomes(p.Buildings)}
	v.Differs = len(p.Buildings) > 0 && v.Sum.Households != p.Households
	for _, b := range p.Buildings {
		v.Listed = v.Listed || b.Listed() > 0
	}
	if may(c, survey.CorrectRegister) {
		v.Edit = "/admin/projects/" + p.ID.String() + "/edit"
	}
	if v.Campaigns, err = h.projectCampaigns(c, p.ID); err != nil {
		return err
	}
	if v.Frozen, err = h.frozenNotes(c, p); err != nil {
		return err
	}
	if may(c, survey.ViewCampaigns) { // it names staff, and reasons
		if v.History, err = h.historyOf(c, p.ID, 0); err != nil {
			return err
		}
	}
	v.Frame = h.frame(c, "projects", p.Name,
		page.Crumb{Text: h.text(c, "projects.title"), Path: "/admin/projects"}, page.Crumb{Text: p.Name})
	return h.present(c, 200, "staff/project", v)
}
