package admin

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The companies' page answers: how do the projects of each company stand?
type companiesView struct {
	page.Frame
	listFilter
	Campaign     *campaignRow // nil where none has begun
	Campaigns    []campaignRow
	Rows         []companyRow
	Pager        pager
	Columns      map[string]sortColumn
	Order        string // "" most projects first, "name" or "low"
	HiddenByRole bool
	AsOf         time.Time
	Chips        []filterChip
	Clear        string // the address without any condition
}

// companyRow is a company with the sums of its projects.
type companyRow struct {
	Company survey.Company
	sumRow
}

// showCompanies lists the companies of a campaign's projects.
func (h *Handlers) showCompanies(c *gin.Context) error {
	title := h.text(c, "companies.title")
	v := companiesView{Frame: h.frame(c, "companies", title, page.Crumb{Text: title}), AsOf: h.Now()}
	var err error
	if v.Campaigns, err = h.begunCampaigns(c); err != nil {
		return err
	}
	if v.Campaign, err = chosenCampaign(c, v.Campaigns); err != nil {
		return err
	}
	if v.Campaign == nil {
		return h.present(c, http.StatusOK, "staff/companies", v)
	}
	a := actor(c)
	enrolments, err := h.Store.Enrolments(c.Request.Context(), a.Scope, v.Campaign.ID)
	if err != nil {
		return err
	}
	v.HiddenByRole = v.Campaign.HidesFigures(a.Role, v.AsOf)
	v.listFilter = filterAmong(c, enrolments)
	filter := v.listFilter
	filter.key = "" // which is of the companies' names here
	kept := slices.DeleteFunc(survey.Glances(v.Campaign.Campaign, enrolments, a.Role, v.AsOf), func(g *survey.Glance) bool { return !filter.keeps(&g.Project) })
	sums := slices.DeleteFunc(survey.SumsOfCompanies(kept), func(s survey.CompanySum) bool { return !v.names(s.Company.Name) })
	v.order(c, sums)
	shown, pages := onPage(c, sums)
	v.Pager = pages
	for _, s := range shown {
		v.Rows = append(v.Rows, v.rowOf(c, s))
	}
	f := standingsFilter{listFilter: v.listFilter}
	f.say(teller{h, c})
	v.Chips, v.Clear = f.Chips, f.Clear
	return h.present(c, http.StatusOK, "staff/companies", v)
}

// rowOf is a company with its sums, whose lights lead to the standings.
func (v *companiesView) rowOf(c *gin.Context, s survey.CompanySum) companyRow {
	id := s.Company.ID.String()
	row := companyRow{Company: s.Company, sumRow: sumRowOf(s.Sum, v.HiddenByRole, func(light string) string {
		return v.Campaign.Path + "/standings" + query(c, "campaign", "", "q", "", "page", "", "sort", "", "company", id, "light", light)
	})}
	row.Path = "/admin/companies/" + id + query(c, "campaign", v.Campaign.ID.String(), "q", "", "company", "", "sort", "", "page", "", "as", "")
	return row
}

// order puts the companies in the order of the address.
func (v *companiesView) order(c *gin.Context, sums []survey.CompanySum) {
	v.Order = oneOf([]string{"name", "low"}, c.Query("sort"))
	switch v.Order {
	case "name":
		slices.SortStableFunc(sums, func(a, b survey.CompanySum) int { return cmp.Compare(a.Company.Name, b.Company.Name) })
	case "low":
		slices.SortStableFunc(sums, func(a, b survey.CompanySum) int { return b.Owner.Low - a.Owner.Low })
	}
	v.Columns = map[string]sortColumn{}
	for _, one := range []struct{ name, sort, aria string }{{"name", "name", "ascending"}, {"projects", "", "descending"}, {"low", "low", "descending"}} {
		column := sortColumn{Path: query(c, "sort", one.sort, "page", "")}
		if one.sort == v.Order {
			column.Aria = one.aria
		}
		v.Columns[one.name] = column
	}
}

// begunCampaigns are those in scope that have begun, the newest first.
func (h *Handlers) begunCampaigns(c *gin.Context) ([]campaignRow, error) {
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return nil, err
	}
	var rows []campaignRow
	for _, one := range campaigns {
		if one.Stage != survey.Draft {
			rows = append(rows, rowOf(one, actor(c), h.Now()))
		}
	}
	return rows, nil
}

// chosenCampaign is the one that the address names, else the newest; nil
// where there is none.
func chosenCampaign(c *gin.Context, rows []campaignRow) (*campaignRow, error) {
	wanted := c.Query("campaign")
	for i := range rows {
		if wanted == "" || wanted == rows[i].ID.String() {
			return &rows[i], nil
		}
	}
	if wanted != "" {
		return nil, survey.NotFoundError("error.not_found")
	}
	return nil, nil
}
