package admin

import (
	"net/http"

	"meihao/survey"
)

const importPath = "/admin/projects/import"

// Routes is the table of all staff routes but the way in and out. It is
// exported so that a test can walk every route as every role.
func (h *Handlers) Routes() []Route {
	t := &table{h: h}
	h.routes(t.get, t.post)
	return t.list
}

// table gathers routes.
type table struct {
	h    *Handlers
	list []Route
}

// route adds a way in, for who may do the action.
type route func(path string, action survey.Action, f handle)

func (t *table) get(path string, action survey.Action, f handle) {
	t.list = append(t.list, Route{http.MethodGet, path, action, t.h.do(f), f})
}

func (t *table) post(path string, action survey.Action, f handle) {
	t.list = append(t.list, Route{http.MethodPost, path, action, t.h.do(f), f})
}

// routes lists what is not in an area's own file.
func (h *Handlers) routes(get, post route) {
	get("/admin", survey.ViewOverview, h.showOverview)
	get("/admin/help", survey.ChangeOwn, h.showHelp)
	get("/admin/password", survey.ChangeOwn, h.showPassword)
	post("/admin/password", survey.ChangeOwn, h.savePassword)
	post("/admin/language", survey.ChangeOwn, h.saveLanguage)

	get("/admin/projects", survey.ViewProjects, h.showProjects)
	get("/admin/projects/template", survey.ImportProjects, h.sendTemplate)
	get(importPath, survey.ImportProjects, h.showImport)
	post(importPath, survey.ImportProjects, h.saveUpload)
	get(importPath+"/:upload", survey.ImportProjects, h.showPlan)
	post(importPath+"/:upload", survey.ImportProjects, h.savePlan)
	get("/admin/projects/:project", survey.ViewProjects, h.showProject)

	get("/admin/campaigns", survey.ViewCampaigns, h.showCampaigns)
	get("/admin/campaigns/new", survey.ManageCampaigns, h.showNewCampaign)
	post("/admin/campaigns/new", survey.ManageCampaigns, h.saveNewCampaign)
	const campaign = "/admin/campaigns/:campaign"
	get(campaign, survey.ViewCampaigns, h.showCampaign)
	get(campaign+"/edit", survey.ManageCampaigns, h.showCampaignForm)
	post(campaign+"/edit", survey.ManageCampaigns, h.saveCampaignForm)
	get(campaign+"/projects", survey.ManageCampaigns, h.showEnrolment)
	post(campaign+"/projects", survey.ManageCampaigns, h.saveEnrolment)
	get(campaign+"/open", survey.ManageCampaigns, h.showOpening)
	post(campaign+"/open", survey.ManageCampaigns, h.saveOpening)
	get(campaign+"/close", survey.ManageCampaigns, h.showClosing)
	post(campaign+"/close", survey.ManageCampaigns, h.saveClosing)
	get(campaign+"/reopen", survey.ManageCampaigns, h.showReopening)
	post(campaign+"/reopen", survey.ManageCampaigns, h.saveReopening)
	get(campaign+"/remove", survey.ManageCampaigns, h.showRemoval)
	post(campaign+"/remove", survey.ManageCampaigns, h.saveRemoval)
	get(campaign+"/seal", survey.SealCampaigns, h.showSealing)
	post(campaign+"/seal", survey.SealCampaigns, h.saveSealing)
	post(campaign+"/withdraw", survey.ManageCampaigns, h.removeApproval)

	get(campaign+"/standings", survey.ViewStandings, h.showStandings)
	get(campaign+"/standings/:project", survey.ViewStandings, h.showStanding)
	get(campaign+"/held", survey.DecideHeld, h.showHeldProjects)
	get(campaign+"/held/:project", survey.DecideHeld, h.showHeld)
	post(campaign+"/held/:project", survey.DecideHeld, h.saveProposal)
	post(campaign+"/held/:project/:proposal", survey.DecideHeld, h.saveDecision)

	h.posterRoutes(get, post)
	h.workRoutes(get, post)
	h.coachRoutes(get, post)
	h.chartRoutes(get, post)
	h.correctionRoutes(get, post)
	h.resultRoutes(get, post)
	h.companyRoutes(get, post)
	h.questionRoutes(get, post)
	h.verdictRoutes(get)
	h.guideRoutes(get)
	h.tokenRoutes(get, post)
	h.wallRoutes(get, post)
	h.commentRoutes(get, post)
	h.sheetRoutes(get, post)
	h.complaintRoutes(get, post)
	h.activityRoutes(get, post)
	h.evidenceRoutes(get, post)

	get("/admin/accounts", survey.ManageAccounts, h.showAccounts)
	get("/admin/accounts/new", survey.ManageAccounts, h.showNewAccount)
	post("/admin/accounts/new", survey.ManageAccounts, h.saveNewAccount)
	post("/admin/accounts/:account/disable", survey.ManageAccounts, h.disableAccount)
	post("/admin/accounts/:account/enable", survey.ManageAccounts, h.enableAccount)
	post("/admin/accounts/:account/password", survey.ManageAccounts, h.saveOneTime)
	get("/admin/events", survey.ViewEvents, h.showEvents)
}
