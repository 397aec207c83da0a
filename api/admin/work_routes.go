package admin

import (
	"cmp"
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/work"
)

const workPath = "/admin/work"

// workRoutes are the pages of long work: everybody has their own.
func (h *Handlers) workRoutes(get, post route) {
	get(workPath, survey.ChangeOwn, h.showJobs)
	get(workPath+"/:job", survey.ChangeOwn, h.showJob)
	get(workPath+"/:job/file", survey.ChangeOwn, h.sendExport)
	post(workPath+"/:job/stop", survey.ChangeOwn, h.stopJob)
	post(workPath+"/:job/again", survey.ChangeOwn, h.repeatJob)
}

// works are the kinds of long work that staff ask for.
func (h *Handlers) works() []work.Kind {
	return []work.Kind{
		{Name: planKind, Tries: workTries, Do: h.doPlan},
		{Name: importKind, Tries: workTries, Do: h.doImport},
		{Name: complaintPlanKind, Tries: workTries, Do: h.doComplaintPlan},
		{Name: complaintImportKind, Tries: workTries, Do: h.doComplaintImport},
		{Name: exportKind, Tries: workTries, Keep: exportKept, Do: h.doExport},
	}
}

// workTries is how often work may be begun that its instance did not survive.
const workTries = 3

// usualPatience is how long a page waits for work before it shows its progress
// instead: nobody should see a bar for what takes a moment.
const usualPatience = 700 * time.Millisecond

// await is a job after a moment of patience.
func (h *Handlers) await(c *gin.Context, j work.Job) (work.Job, error) {
	return h.Work.Await(c.Request.Context(), actor(c), j.ID, cmp.Or(h.Patience, usualPatience))
}

// workingFor is whose work a job is, as they are now: whoever was disabled or
// may not do it any more has it done no more.
func (h *Handlers) workingFor(ctx context.Context, j work.Job, action survey.Action) (survey.Actor, error) {
	account, err := h.workingAs(ctx, j, action)
	return account.Actor(), err
}

// workingAs is the account whose work a job is.
func (h *Handlers) workingAs(ctx context.Context, j work.Job, action survey.Action) (survey.Account, error) {
	account, err := h.Store.Account(ctx, j.Account)
	if err != nil {
		return survey.Account{}, err
	}
	if account.Disabled || !account.Role.May(action) {
		return survey.Account{}, survey.Fail(survey.Forbidden, "error.work.account")
	}
	return account, nil
}

// working tells every page how much is under way for whoever looks at it.
func (h *Handlers) working(c *gin.Context) {
	if staff := page.StaffOf(c); staff != nil {
		staff.Working = h.Work.Unfinished(staff.Actor.Account)
	}
}

func jobPath(id survey.ID) string { return workPath + "/" + id.String() }
