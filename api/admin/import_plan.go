package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/work"
)

// mostListed is how much of a long list (projects and refusals of a plan,
// held answers) a page shows; the numbers beside are of all.
const mostListed = 500

// planKind is reading a register and comparing it with what is there.
const planKind = "plan"

// goneKey says that an upload is not there any more.
const goneKey = "error.work.upload"

// planAge is how long a plan is shown again; then it is made anew, because
// what it was compared with may have changed.
const planAge = 10 * time.Minute

type planView struct {
	page.Frame
	faults
	keptPlan
	Path   string
	Strict bool
}

// showPlan shows what an uploaded register would change, or how far looking
// for that is.
func (h *Handlers) showPlan(c *gin.Context) error {
	id, err := idParam(c, "upload")
	if err != nil {
		return err
	}
	stale := h.Now().Add(-planAge)
	if after, err := strconv.ParseInt(c.Query("after"), 10, 64); err == nil && after > stale.UnixMilli() {
		stale = time.UnixMilli(after)
	}
	j, err := h.plan(c, planned{Upload: id}, stale)
	if err != nil {
		return err
	}
	return h.showPlanOf(c, http.StatusOK, j, faults{})
}

// plan is the job that plans an upload, made anew where the plan is from
// before stale, and after a moment of patience with it. What was said of the
// upload at first stays said of it.
func (h *Handlers) plan(c *gin.Context, p planned, stale time.Time) (work.Job, error) {
	name, err := h.Store.UploadName(c.Request.Context(), actor(c), p.Upload)
	if err != nil {
		return work.Job{}, err
	}
	j, err := h.Work.Start(c.Request.Context(), actor(c), work.Job{
		Kind: planKind, Name: name, Argument: p.text(), Once: planKind + " " + p.Upload.String(),
	}, stale)
	if err != nil {
		return work.Job{}, err
	}
	return h.await(c, j)
}

// showPlanOf shows the preview of a plan that is done, and the page of its
// job otherwise.
func (h *Handlers) showPlanOf(c *gin.Context, status int, j work.Job, f faults) error {
	if j.State != work.Done {
		return see(c, jobPath(j.ID))
	}
	p, err := h.keptPlan(c, j)
	if err != nil {
		return err
	}
	if !exporting(c) {
		p = p.first(mostListed)
	}
	title := h.text(c, "plan.title")
	v := planView{faults: f, keptPlan: p, Path: c.Request.URL.Path, Strict: c.PostForm("strict") != ""}
	v.Frame = h.frame(c, "projects", title,
		page.Crumb{Text: h.text(c, "projects.title"), Path: "/admin/projects"},
		page.Crumb{Text: h.text(c, "import.title"), Path: importPath}, page.Crumb{Text: title})
	return h.present(c, status, "staff/plan", v)
}

func (h *Handlers) keptPlan(c *gin.Context, j work.Job) (keptPlan, error) {
	var p keptPlan
	file, err := h.Work.File(c.Request.Context(), actor(c), j.ID)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(file.Data, &p); err != nil {
		return p, fmt.Errorf("preview of job %s: %w", j.ID, err)
	}
	return p, nil
}

// doPlan plans an upload.
func (h *Handlers) doPlan(ctx context.Context, j work.Job, progress work.Progress) (work.Result, error) {
	_, name, plan, err := h.importing(ctx, j, progress, roster.Apply{})
	if err != nil {
		return work.Result{}, err
	}
	return keptPlanOf(name, plan).keep()
}

// importing reads the register that a job is about and plans or applies it as
// the job's account.
func (h *Handlers) importing(ctx context.Context, j work.Job, progress work.Progress, opt roster.Apply) (planned, string, roster.Plan, error) {
	p, err := plannedOf(j)
	if err != nil {
		return p, "", roster.Plan{}, err
	}
	who, err := h.workingFor(ctx, j, survey.ImportProjects)
	if err != nil {
		return p, "", roster.Plan{}, err
	}
	progress("reading", 0, 0)
	name, data, err := h.Store.Upload(ctx, who, p.Upload)
	if survey.KindOf(err) == survey.NotFound {
		err = survey.Fail(survey.Conflict, goneKey)
	}
	if err != nil {
		return p, "", roster.Plan{}, err
	}
	file, err := readAs(p.Form)(ctx, name, bytes.NewReader(data))
	if err != nil {
		return p, name, roster.Plan{}, err
	}
	file.Project, file.District = p.Project, p.District
	progress("comparing", 0, 0)
	opt.Digest, opt.Strict, opt.Progress = p.Digest, p.Strict, steps(progress)
	plan, err := h.Store.ImportProjects(ctx, who, file, opt)
	return p, name, plan, err
}

// steps tells of planning and of writing, each with its projects: to the
// store they are the two halves of the way.
func steps(progress work.Progress) func(done, total int) {
	return func(done, total int) {
		if half := total / 2; done <= half {
			progress("comparing", done, half)
		} else {
			progress("writing", done-half, half)
		}
	}
}

// The forms a register is said to be of; any other word leaves it to the
// register.
const (
	projectsForm  = "projects"
	buildingsForm = "buildings"
)

// readAs reads a register as what it is said to be.
func readAs(form string) func(ctx context.Context, name string, r io.Reader) (roster.File, error) {
	switch form {
	case projectsForm:
		return roster.Read
	case buildingsForm:
		return roster.ReadBuildings
	}
	return roster.ReadAny
}

// cut is the beginning of a long list and how many are left out.
func cut[T any](list []T) ([]T, int) {
	if len(list) <= mostListed {
		return list, 0
	}
	return list[:mostListed], len(list) - mostListed
}
