package admin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/work"
)

// importKind is writing the plan that somebody accepted.
const importKind = "import"

// changedKey says that the register is not what the plan was compared with.
const changedKey = "error.import.changed"

// imported is what an import wrote, as it is kept with its job.
type imported struct {
	Added, Changed, Refused          int
	BuildingsAdded, BuildingsChanged int
	Nothing                          bool // all of it was there already
}

// savePlan applies the plan that was shown. Another one, because something
// changed in between, is refused and shown instead. Accepting it twice is
// accepting it once.
func (h *Handlers) savePlan(c *gin.Context) error {
	id, err := idParam(c, "upload")
	if err != nil {
		return err
	}
	shown, err := h.plan(c, planned{Upload: id}, h.Now().Add(-planAge))
	if err != nil {
		return err
	}
	if shown.State != work.Done {
		return see(c, jobPath(shown.ID)) // it is being made anew: to be looked at before it is applied
	}
	p, err := h.keptPlan(c, shown)
	if err != nil {
		return err
	}
	strict := c.PostForm("strict") != ""
	switch {
	case c.PostForm("digest") != p.Digest:
		return h.showPlanOf(c, http.StatusConflict, shown, faults{Message: h.text(c, changedKey)})
	case strict && p.Refused > 0:
		return h.showPlanOf(c, http.StatusConflict, shown, faults{Message: h.text(c, "error.import.strict")})
	case p.Empty():
		return see(c, "/admin/projects?done=nothing")
	}
	accepted, err := plannedOf(shown)
	if err != nil {
		return err
	}
	accepted.Digest, accepted.Strict = p.Digest, strict
	j, err := h.Work.Start(c.Request.Context(), actor(c), work.Job{
		Kind: importKind, Name: p.File, Argument: accepted.text(),
		Once: importKind + " " + id.String() + " " + p.Digest,
	}, shown.Ended)
	if err != nil {
		return err
	}
	return h.afterImport(c, j)
}

// afterImport shows what came of an import that took a moment, and the page
// of one that takes longer.
func (h *Handlers) afterImport(c *gin.Context, j work.Job) error {
	j, err := h.await(c, j)
	if err != nil {
		return err
	}
	if overtaken(j) {
		fresh, err := h.plan(c, planned{Upload: uploadOf(j)}, h.Now().Add(time.Millisecond))
		if err != nil {
			return err
		}
		return h.showPlanOf(c, http.StatusConflict, fresh, faults{Message: h.text(c, changedKey)})
	}
	if j.State != work.Done {
		return see(c, jobPath(j.ID))
	}
	return see(c, "/admin/projects?done=imported")
}

// overtaken says that a plan was not applied because the register had changed.
func overtaken(j work.Job) bool {
	return j.Kind == importKind && j.Problem != nil && j.Problem.Key == changedKey
}

// doImport writes an accepted plan. Beginning it again is safe: it is one
// transaction, and what was written before is no longer in the plan.
func (h *Handlers) doImport(ctx context.Context, j work.Job, progress work.Progress) (work.Result, error) {
	p, _, plan, err := h.importing(ctx, j, progress, roster.Apply{Apply: true})
	if err != nil {
		return work.Result{}, err
	}
	if p.Strict && len(plan.Refused) > 0 {
		return work.Result{}, survey.Fail(survey.Conflict, "error.import.strict")
	}
	done := imported{Nothing: plan.Empty()}
	done.Added, done.Changed, _, done.Refused = plan.Counts()
	done.BuildingsAdded, done.BuildingsChanged, _ = plan.BuildingCounts()
	text, err := json.Marshal(done)
	if err != nil {
		return work.Result{}, fmt.Errorf("import: %w", err)
	}
	return work.Result{Text: string(text)}, nil
}
