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
	Chips     []filterChip
	Clear     string // the address without any condition
	AllPath   string // all campaigns, with the rest of the filter

	filter listFilter
	lines  []companyLine
}

// companyCampaign is the sum of the company's projects in one campaign.
type companyCampaign struct {
	Campaign campaignRow
	sumRow
	Hidden bool
	Here   bool
	Only   string // the address of this campaign alone, with the filter
}

// takingPart are a company's projects in a campaign.
type takingPart struct {
	campaign   campaignRow
	enrolments []survey.Enrolment
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
	enrolled, err := h.takingPart(c, v.Company.ID, campaigns)
	if err != nil {
		return err
	}
	if v.Chosen != "" && !slices.ContainsFunc(enrolled, func(one takingPart) bool { return v.Chosen == one.campaign.ID.String() }) {
		return survey.NotFoundError("error.not_found")
	}
	v.narrow(teller{h, c}, enrolled)
	for _, one := range enrolled {
		v.add(c, one)
	}
	shown, pages := onPage(c, v.lines)
	v.Pager = pages
	for _, l := range shown {
		s := survey.Stand(l.campaign.Campaign, *l.glance.Enrolment, actor(c).Role, v.AsOf)
		row := standingOf(s, l.campaign.Path+"/standings")
		row.Path += carrying(c, "place", "kind")
		v.Rows = append(v.Rows, resultLine{l.campaign, row})
	}
	v.Frame = h.frame(c, "companies", v.Company.Name,
		page.Crumb{Text: h.text(c, "companies.title"), Path: "/admin/companies" + carrying(c, "campaign", "place", "kind")}, page.Crumb{Text: v.Company.Name})
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

// takingPart are a company's projects campaign by campaign. The store is asked
// for the company's, which are few; those outside the actor's scope are left
// out here, and with them campaigns that hold no other.
func (h *Handlers) takingPart(c *gin.Context, company survey.ID, campaigns []campaignRow) ([]takingPart, error) {
	var list []takingPart
	for _, campaign := range campaigns {
		enrolments, err := h.Store.Enrolments(c.Request.Context(), survey.Scope{Company: company}, campaign.ID)
		if survey.KindOf(err) == survey.NotFound { // none of its projects takes part
			continue
		}
		if err != nil {
			return nil, err
		}
		enrolments = slices.DeleteFunc(enrolments, func(e survey.Enrolment) bool { return !scope(c).Holds(e.Project) })
		if len(enrolments) > 0 {
			list = append(list, takingPart{campaign, enrolments})
		}
	}
	return list, nil
}

// narrow reads the filter by area and kind, one for all campaigns: it is that
// of the companies' page, whose search is of companies' names.
func (v *companyView) narrow(t teller, enrolled []takingPart) {
	var all []survey.Enrolment
	for _, one := range enrolled {
		all = append(all, one.enrolments...)
	}
	f := standingsFilter{listFilter: filterAmong(t.c, all)}
	f.Search, f.Company, f.key, f.within.Company = "", "", "", 0
	f.say(t)
	v.filter, v.Chips, v.Clear = f.listFilter, f.Chips, f.Clear
	v.AllPath = query(t.c, "campaign", "", "page", "")
}

// add adds the company's projects of a campaign that pass the filter.
func (v *companyView) add(c *gin.Context, one takingPart) {
	a, campaign := actor(c), one.campaign
	rows := slices.DeleteFunc(survey.Glances(campaign.Campaign, one.enrolments, a.Role, v.AsOf), func(g *survey.Glance) bool { return !v.filter.keeps(&g.Project) })
	if len(rows) == 0 {
		return
	}
	sum := survey.Sums(rows, survey.CityLevel)[0]
	of := companyCampaign{
		Campaign: campaign, Hidden: campaign.HidesFigures(a.Role, v.AsOf), Here: v.Chosen == campaign.ID.String(),
		Only: query(c, "campaign", campaign.ID.String(), "page", ""),
	}
	of.sumRow = sumRowOf(sum, of.Hidden, func(light string) string {
		return campaign.Path + "/standings" + query(c, "campaign", "", "q", "", "sort", "", "page", "", "company", v.Company.ID.String(), "light", light)
	})
	v.Campaigns = append(v.Campaigns, of)
	if v.Chosen != "" && !of.Here {
		return
	}
	survey.SortGlances(rows)
	for _, g := range rows {
		v.lines = append(v.lines, companyLine{campaign, g})
	}
}
