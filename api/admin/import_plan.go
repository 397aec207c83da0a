package admin

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/roster"
)

// mostListed is how much of a long list (projects and refusals of a plan,
// held answers) a page shows; the numbers beside are of all.
const mostListed = 500

type planView struct {
	page.Frame
	faults
	File                                   string
	Plan                                   roster.Plan
	Added, Changed, Same, Refused          int
	BuildingsAdded, BuildingsChanged, Kept int
	Digest, Path                           string
	MoreProjects, MoreRefused              int
	Strict                                 bool
}

// read reads a register; the error names the field of the form.
func read(name string, data []byte) (roster.File, error) {
	return roster.Read(name, bytes.NewReader(data))
}

// showPlan shows what an uploaded register would change.
func (h *Handlers) showPlan(c *gin.Context) error {
	plan, name, err := h.plan(c, roster.Apply{})
	if err != nil {
		return err
	}
	h.renderPlan(c, http.StatusOK, name, plan, faults{})
	return nil
}

// savePlan applies the plan that was shown: another one, because something
// changed in between, is refused and shown instead.
func (h *Handlers) savePlan(c *gin.Context) error {
	opt := roster.Apply{Apply: true, Strict: c.PostForm("strict") != "", Digest: c.PostForm("digest")}
	plan, _, err := h.plan(c, opt)
	if err == nil && opt.Strict && len(plan.Refused) > 0 {
		err = survey.Fail(survey.Conflict, "error.import.strict") // nothing was written
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		plan, name, again := h.plan(c, roster.Apply{})
		if again != nil {
			return err
		}
		h.renderPlan(c, status, name, plan, f)
		return nil
	}
	if err != nil {
		return err
	}
	id, err := idParam(c, "upload")
	if err == nil {
		err = h.Store.RemoveUpload(c.Request.Context(), actor(c), id)
	}
	if err != nil {
		return err
	}
	if plan.Empty() {
		return see(c, "/admin/projects?done=nothing")
	}
	return see(c, "/admin/projects?done=imported")
}

func (h *Handlers) plan(c *gin.Context, opt roster.Apply) (roster.Plan, string, error) {
	id, err := idParam(c, "upload")
	if err != nil {
		return roster.Plan{}, "", err
	}
	name, data, err := h.Store.Upload(c.Request.Context(), actor(c), id)
	if err != nil {
		return roster.Plan{}, "", err
	}
	file, err := read(name, data)
	if err != nil {
		return roster.Plan{}, "", err
	}
	plan, err := h.Store.ImportProjects(c.Request.Context(), actor(c), file.Rows, opt)
	plan.Notes = append(file.Notes, plan.Notes...)
	return plan, name, err
}

func (h *Handlers) renderPlan(c *gin.Context, status int, name string, plan roster.Plan, f faults) {
	title := h.text(c, "plan.title")
	v := planView{faults: f, File: name, Plan: plan, Digest: plan.Digest(), Path: c.Request.URL.Path, Strict: c.PostForm("strict") != ""}
	v.Frame = h.frame(c, "projects", title,
		page.Crumb{Text: h.text(c, "projects.title"), Path: "/admin/projects"},
		page.Crumb{Text: h.text(c, "import.title"), Path: importPath}, page.Crumb{Text: title})
	v.Added, v.Changed, v.Same, v.Refused = plan.Counts()
	v.BuildingsAdded, v.BuildingsChanged, _ = plan.BuildingCounts()
	var touched []roster.ProjectChange
	for _, p := range plan.Projects {
		v.Kept += len(p.Kept)
		if p.Kind != roster.Same {
			touched = append(touched, p)
		}
	}
	v.Plan.Projects, v.MoreProjects = cut(touched)
	v.Plan.Refused, v.MoreRefused = cut(plan.Refused)
	h.Pages.Show(c, status, "staff/plan", v)
}

// cut is the beginning of a long list and how many are left out.
func cut[T any](list []T) ([]T, int) {
	if len(list) <= mostListed {
		return list, 0
	}
	return list[:mostListed], len(list) - mostListed
}
