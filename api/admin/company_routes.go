package admin

import "meihao/survey"

// companyRoutes are those of the companies' pages.
func (h *Handlers) companyRoutes(get, _ route) {
	get("/admin/companies", survey.ViewStandings, h.showCompanies)
	get("/admin/companies/:company", survey.ViewStandings, h.showCompany)
}
