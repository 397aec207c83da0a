package admin

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// A company's page answers: how do its projects stand, campaign by campaign?
type companyView struct {
	page.Frame
	Company   survey.Company
	Campaigns []companyCampaign
	Chosen    string // the campaign that the address names, "" for all
	Rows      []resultLine
	Pager     pager
	AsOf      time.Time

	lines []companyLine
}

// companyCampaign is the sum of the company's projects in one campaign.
type companyCampaign struct {
	Campaign campaignRow
	sumRow
	Hidden bool
	Here   bool
}

// companyLine is one project in one campaign, before it is judged.
type companyLine struct {
	campaign campaignRow
	glance   *survey.Glance
}

// resultLine is one project in one campaign.
type resultLine struct {
	Campaign campaignRow
	standingRow
}

// showCompany shows all projects of a company in the actor's scope.
func (h *Handlers) showCompany(c *gin.Context) error {
	v := companyView{AsOf: h.Now(), Chosen: c.Query("campaign")}
	var err error
	if v.Company, err = h.companyOf(c); err != nil {
		return err
	}
	campaigns, err := h.begunCampaigns(c)
	if err != nil {
		return err
	}
	for _, one := range campaigns {
		if err := h.addCompanyCampaign(c, &v, one); err != nil {
			return err
		}
	}
	if v.Chosen != "" && !slices.ContainsFunc(v.Campaigns, func(one companyCampaign) bool { return one.Here }) {
		return survey.NotFoundError("error.not_found")
	}
	shown, pages := onPage(c, v.lines)
	v.Pager = pages
	for _, l := range shown {
		s := survey.Stand(l.campaign.Campaign, *l.glance.Enrolment, actor(c).Role, v.AsOf)
		v.Rows = append(v.Rows, resultLine{l.campaign, standingOf(s, l.campaign.Path+"/standings")})
	}
	v.Frame = h.frame(c, "companies", v.Company.Name,
		page.Crumb{Text: h.text(c, "companies.title"), Path: "/admin/companies"}, page.Crumb{Text: v.Company.Name})
	return h.present(c, http.StatusOK, "staff/company", v)
}

// companyOf is the company of the path, if it has a project in scope.
func (h *Handlers) companyOf(c *gin.Context) (survey.Company, error) {
	id, err := idParam(c, "company")
	if err != nil {
		return survey.Company{}, err
	}
	companies, err := h.Store.Companies(c.Request.Context(), scope(c))
	if err != nil {
		return survey.Company{}, err
	}
	if i := slices.IndexFunc(companies, func(one survey.Company) bool { return one.ID == id }); i >= 0 {
		return companies[i], nil
	}
	return survey.Company{}, survey.NotFoundError("error.not_found")
}

// addCompanyCampaign adds the company's projects of a campaign. The store is
// asked for the company's, which are few; those outside the actor's scope are
// left out here.
func (h *Handlers) addCompanyCampaign(c *gin.Context, v *companyView, campaign campaignRow) error {
	a := actor(c)
	enrolments, err := h.Store.Enrolments(c.Request.Context(), survey.Scope{Company: v.Company.ID}, campaign.ID)
	if survey.KindOf(err) == survey.NotFound { // none of its projects takes part
		return nil
	}
	if err != nil {
		return err
	}
	enrolments = slices.DeleteFunc(enrolments, func(e survey.Enrolment) bool { return !a.Scope.Holds(e.Project) })
	if len(enrolments) == 0 {
		return nil
	}
	rows := survey.Glances(campaign.Campaign, enrolments, a.Role, v.AsOf)
	sum := survey.Sums(rows, survey.CityLevel)[0]
	of := companyCampaign{Campaign: campaign, Hidden: campaign.HidesFigures(a.Role, v.AsOf), Here: v.Chosen == campaign.ID.String()}
	of.sumRow = sumRowOf(sum, of.Hidden, func(light string) string {
		path := campaign.Path + "/standings?company=" + v.Company.ID.String()
		if light != "" {
			path += "&light=" + light
		}
		return path
	})
	v.Campaigns = append(v.Campaigns, of)
	if v.Chosen != "" && !of.Here {
		return nil
	}
	survey.SortGlances(rows)
	for _, g := range rows {
		v.lines = append(v.lines, companyLine{campaign, g})
	}
	return nil
}
