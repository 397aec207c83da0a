package admin

import (
	"context"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/rubric"
)

const (
	complaintsPath      = "/admin/complaints"
	complaintImportPath = complaintsPath + "/import"
)

// complaintStore is what the pages of complaints need.
type complaintStore interface {
	// Complaints come the latest first, with how many there are on all pages.
	Complaints(ctx context.Context, scope survey.Scope, f survey.ComplaintFilter) ([]survey.Complaint, int, error)
	ImportComplaints(ctx context.Context, actor survey.Actor, file roster.ComplaintFile, opt roster.Apply) (roster.ComplaintPlan, error)
	MatchComplaints(ctx context.Context, actor survey.Actor, ids []survey.ID, project survey.ID, reason string) error
	ComplaintBatches(ctx context.Context, scope survey.Scope) ([]survey.ComplaintBatch, error)
	RemoveComplaintBatch(ctx context.Context, actor survey.Actor, id survey.ID, reason string) error
	// ComplaintRanking comes the fewest first; of other areas it tells only how
	// many projects are ranked.
	ComplaintRanking(ctx context.Context, scope survey.Scope, activity survey.ID) ([]rubric.RankedVolume, error)
	ComplaintCase(ctx context.Context, scope survey.Scope, activity, project survey.ID) (rubric.ComplaintCase, error)
	PromptRules() rubric.PromptRules
}

// complaintRoutes are the pages of complaints (items 1.2 and 1.3, veto 6.4).
func (h *Handlers) complaintRoutes(get, post route) {
	get(complaintsPath, survey.ViewComplaints, h.showComplaints)
	get(complaintsPath+"/ranking", survey.ViewComplaints, h.showComplaintRanking)
	get(complaintsPath+"/projects/:project", survey.ViewComplaints, h.showComplaintProject)

	get(complaintsPath+"/template", survey.ImportComplaints, h.sendComplaintTemplate)
	get(complaintImportPath, survey.ImportComplaints, h.showComplaintImport)
	post(complaintImportPath, survey.ImportComplaints, h.saveComplaintUpload)
	get(complaintImportPath+"/:upload", survey.ImportComplaints, h.showComplaintPlan)
	post(complaintImportPath+"/:upload", survey.ImportComplaints, h.saveComplaintPlan)
	get(complaintsPath+"/unmatched", survey.ImportComplaints, h.showUnmatched)
	post(complaintsPath+"/unmatched", survey.ImportComplaints, h.saveMatch)
	get(complaintsPath+"/batches", survey.ViewComplaints, h.showComplaintBatches)
	get(complaintsPath+"/batches/:batch/remove", survey.ImportComplaints, h.showBatchRemoval)
	post(complaintsPath+"/batches/:batch/remove", survey.ImportComplaints, h.removeBatch)
}

// complaintTab is one of the pages that the others lead to.
type complaintTab struct {
	path, key string
	action    survey.Action
}

func complaintTabs() []complaintTab {
	return []complaintTab{
		{complaintsPath, "complaints.tab.list", survey.ViewComplaints},
		{complaintsPath + "/unmatched", "complaints.tab.unmatched", survey.ImportComplaints},
		{complaintsPath + "/ranking", "complaints.tab.ranking", survey.ViewComplaints},
		{complaintsPath + "/batches", "complaints.tab.batches", survey.ViewComplaints},
	}
}

// complaintFrame is the frame of a page of complaints with the others beside.
func (h *Handlers) complaintFrame(c *gin.Context, title string, between ...page.Crumb) page.Frame {
	crumbs := []page.Crumb{{Text: h.text(c, "complaints.title"), Path: complaintsPath}}
	if title == h.text(c, "complaints.title") {
		crumbs = nil
	}
	f := h.frame(c, "complaints", title, append(append(crumbs, between...), page.Crumb{Text: title})...)
	if f.Staff == nil {
		return f
	}
	for _, t := range complaintTabs() {
		if may(c, t.action) {
			f.Staff.Tabs = append(f.Staff.Tabs, page.Tab{Text: h.text(c, t.key), Path: t.path, Here: f.Path == t.path})
		}
	}
	return f
}

// activityChoice are the activities with the chosen one.
type activityChoice struct {
	Activity   survey.Activity
	Activities []survey.Activity
}

// activityAsked is the activity that an address names, else the newest.
func (h *Handlers) activityAsked(c *gin.Context) (activityChoice, error) {
	list, err := h.Store.Activities(c.Request.Context())
	if err != nil {
		return activityChoice{}, err
	}
	if len(list) == 0 {
		return activityChoice{}, survey.NotFoundError("error.not_found")
	}
	choice := activityChoice{Activity: list[0], Activities: list}
	if word := c.Query("activity"); word != "" {
		for _, a := range list {
			if a.ID.String() == word {
				choice.Activity = a
				return choice, nil
			}
		}
		return choice, survey.NotFoundError("error.not_found")
	}
	return choice, nil
}

// Last is the last month of the period, which ends before the next one.
func (a activityChoice) Last() string { return monthName(monthBefore(a.Activity)) }

// First is the first month of the period.
func (a activityChoice) First() string {
	return a.Activity.ComplaintsFrom.In(page.Beijing()).Format("2006-01")
}

func monthBefore(a survey.Activity) int {
	y, m, _ := a.ComplaintsTo.In(page.Beijing()).AddDate(0, -1, 0).Date()
	return 100*y + int(m)
}
