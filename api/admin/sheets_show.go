package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type sheetsView struct {
	page.Frame
	listFilter
	Campaign campaignRow
	Projects []sheetRow
	Pager    pager
	Sealed   bool
}

type sheetRow struct {
	Project survey.Project
	Path    string
}

// showSheetCampaigns asks whose sheets: a sheet is filled from a campaign.
func (h *Handlers) showSheetCampaigns(c *gin.Context) error {
	title := h.text(c, "sheets.title")
	return h.renderCampaigns(c, campaignsView{Frame: h.frame(c, "sheets", title, page.Crumb{Text: title}), Sheets: true})
}

// showSheets lists the projects whose sheets a campaign fills.
func (h *Handlers) showSheets(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	enrolments, err := h.Store.Enrolments(c.Request.Context(), scope(c), campaign.ID)
	if err != nil {
		return err
	}
	v := sheetsView{Campaign: rowOf(campaign, actor(c), h.Now()), Sealed: campaign.Stage == survey.SealedStage}
	v.Frame = h.sheetFrame(c, campaign, h.text(c, "sheets.title"))
	v.listFilter = filterAmong(c, enrolments)
	var shown []*survey.Enrolment
	shown, v.Pager = onPage(c, v.keptOf(enrolments))
	for _, e := range shown {
		v.Projects = append(v.Projects, sheetRow{e.Project, v.Campaign.Path + "/sheets/" + e.Project.ID.String()})
	}
	return h.present(c, http.StatusOK, "staff/sheets", v)
}

// sheetFrame is the frame of a page below the sheets of a campaign. Who may
// not see campaigns comes from the list of sheets.
func (h *Handlers) sheetFrame(c *gin.Context, campaign survey.Campaign, title string, between ...page.Crumb) page.Frame {
	last := page.Crumb{Text: campaign.Name}
	if len(between) > 0 {
		last.Path = "/admin/campaigns/" + campaign.ID.String() + "/sheets"
	}
	crumbs := append([]page.Crumb{{Text: h.text(c, "sheets.title"), Path: "/admin/sheets"}, last}, between...)
	return h.frame(c, "sheets", title, crumbs...)
}
