package admin

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/roster"
	"meihao/survey/work"
)

type complaintPlanView struct {
	page.Frame
	faults
	keptComplaints
	Path   string
	Strict bool
}

// complaintsMovedKey says that what is there is not what the plan was
// compared with.
const complaintsMovedKey = "error.complaint.moved"

// complaintPlan is the job that plans an upload, made anew where the plan is
// from before stale, and after a moment of patience with it.
func (h *Handlers) complaintPlan(c *gin.Context, p plannedComplaints, stale time.Time) (work.Job, error) {
	name, err := h.Store.UploadName(c.Request.Context(), actor(c), p.Upload)
	if err != nil {
		return work.Job{}, err
	}
	j, err := h.Work.Start(c.Request.Context(), actor(c), work.Job{
		Kind: complaintPlanKind, Name: name, Argument: p.text(), Once: complaintPlanKind + " " + p.Upload.String(),
	}, stale)
	if err != nil {
		return work.Job{}, err
	}
	return h.await(c, j)
}

// showComplaintPlan shows what an uploaded file would change.
func (h *Handlers) showComplaintPlan(c *gin.Context) error {
	id, err := idParam(c, "upload")
	if err != nil {
		return err
	}
	stale := h.Now().Add(-planAge)
	if after, err := strconv.ParseInt(c.Query("after"), 10, 64); err == nil && after > stale.UnixMilli() {
		stale = time.UnixMilli(after)
	}
	j, err := h.complaintPlan(c, plannedComplaints{Upload: id}, stale)
	if err != nil {
		return err
	}
	return h.showComplaintPlanOf(c, http.StatusOK, j, faults{})
}

// showComplaintPlanOf shows the preview of a plan that is done, and the page
// of its job otherwise.
func (h *Handlers) showComplaintPlanOf(c *gin.Context, status int, j work.Job, f faults) error {
	if j.State != work.Done {
		return see(c, jobPath(j.ID))
	}
	p, err := h.keptComplaints(c, j)
	if err != nil {
		return err
	}
	if !exporting(c) {
		p = p.first(mostListed)
	}
	title := h.text(c, "plan.title")
	v := complaintPlanView{faults: f, keptComplaints: p, Path: c.Request.URL.Path, Strict: c.PostForm("strict") != ""}
	v.Frame = h.complaintFrame(c, title, page.Crumb{Text: h.text(c, "complaints.import"), Path: complaintImportPath})
	return h.present(c, status, "staff/complaint_plan", v)
}

func (h *Handlers) keptComplaints(c *gin.Context, j work.Job) (keptComplaints, error) {
	var p keptComplaints
	file, err := h.Work.File(c.Request.Context(), actor(c), j.ID)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(file.Data, &p); err != nil {
		return p, fmt.Errorf("preview of job %s: %w", j.ID, err)
	}
	return p, nil
}

// saveComplaintPlan applies the plan that was shown. Another one, because
// something changed in between, is refused and shown instead.
func (h *Handlers) saveComplaintPlan(c *gin.Context) error {
	id, err := idParam(c, "upload")
	if err != nil {
		return err
	}
	shown, err := h.complaintPlan(c, plannedComplaints{Upload: id}, h.Now().Add(-planAge))
	if err != nil {
		return err
	}
	if shown.State != work.Done {
		return see(c, jobPath(shown.ID))
	}
	p, err := h.keptComplaints(c, shown)
	if err != nil {
		return err
	}
	strict := c.PostForm("strict") != ""
	switch {
	case c.PostForm("digest") != p.Digest:
		return h.showComplaintPlanOf(c, http.StatusConflict, shown, faults{Message: h.text(c, complaintsMovedKey)})
	case strict && p.Refused > 0:
		return h.showComplaintPlanOf(c, http.StatusConflict, shown, faults{Message: h.text(c, "error.import.strict")})
	case p.Empty():
		return see(c, complaintsPath+"?done=nothing")
	}
	accepted, err := plannedComplaintsOf(shown)
	if err != nil {
		return err
	}
	accepted.Digest, accepted.Strict = p.Digest, strict
	j, err := h.Work.Start(c.Request.Context(), actor(c), work.Job{
		Kind: complaintImportKind, Name: p.File, Argument: accepted.text(),
		Once: complaintImportKind + " " + id.String() + " " + p.Digest,
	}, shown.Ended)
	if err != nil {
		return err
	}
	return h.afterComplaints(c, j, accepted)
}

// afterComplaints shows what came of an import that took a moment, and the
// page of one that takes longer.
func (h *Handlers) afterComplaints(c *gin.Context, j work.Job, accepted plannedComplaints) error {
	j, err := h.await(c, j)
	if err != nil {
		return err
	}
	if j.Problem != nil && j.Problem.Key == complaintsMovedKey {
		accepted.Digest, accepted.Strict = "", false
		fresh, err := h.complaintPlan(c, accepted, h.Now().Add(time.Millisecond))
		if err != nil {
			return err
		}
		return h.showComplaintPlanOf(c, http.StatusConflict, fresh, faults{Message: h.text(c, complaintsMovedKey)})
	}
	if j.State != work.Done {
		return see(c, jobPath(j.ID))
	}
	return see(c, complaintsOnward(j))
}

// complaintsOnward is where an import leads to: to the tickets that nobody
// could match, else to the batches.
func complaintsOnward(j work.Job) string {
	var done importedComplaints
	if json.Unmarshal([]byte(j.Result), &done) == nil && done.Unmatched > 0 {
		return complaintsPath + "/unmatched?done=complaints_imported"
	}
	return complaintsPath + "/batches?done=complaints_imported"
}

// uploadOfComplaints is the upload that a job of complaints is about, 0 for
// none.
func uploadOfComplaints(j work.Job) survey.ID {
	p, err := plannedComplaintsOf(j)
	if err != nil {
		return 0
	}
	return p.Upload
}

// workbook is what a file would change, and the rows that are refused.
func (v complaintPlanView) workbook(t teller) workbook {
	refused := export.Table{
		Title: t.say("plan.refused.title"), Columns: t.columns("plan.row", "plan.what", "plan.reason"),
		Rows: export.Of(v.Refusals, func(r roster.Refusal) []export.Cell {
			return []export.Cell{export.String(r.At()), export.String(r.What), export.String(t.msg(r.Reason))}
		}),
	}
	lines := export.Table{
		Title:   t.say("complaints.plan.lines"),
		Columns: t.columns("plan.row", "plan.kind", "complaints.number", "project.name", "complaints.month", "#complaints.old", "#complaints.new", "complaints.matched"),
		Rows: export.Of(v.Lines, func(l complaintLine) []export.Cell {
			old, now := export.Cell{}, export.Cell{}
			if l.Totals {
				now = export.Int(l.New)
			}
			if l.OldOf {
				old = export.Int(l.Old)
			}
			return []export.Cell{export.Int(l.Row), export.String(t.say("roster.kind." + string(l.Kind))), orDash(l.Number), orDash(l.Name),
				orDash(monthName(l.Month)), old, now, t.yes(l.Matched)}
		}),
	}
	notes := []export.Note{
		t.note("complaints.file", v.File), t.note("roster.kind.added", page.Number(v.Added)), t.note("roster.kind.changed", page.Number(v.Changed)),
		t.note("roster.kind.same", page.Number(v.Same)), t.note("plan.refused", page.Number(v.Refused)),
	}
	for _, n := range v.Notes {
		text := t.msg(n.Message)
		if at := n.At(); at != "" {
			text = t.say("plan.at", "Row", at) + " " + text
		}
		notes = append(notes, t.note("plan.notes", text))
	}
	return workbook{Title: v.Title, Tables: []export.Table{refused, lines}, Notes: notes}
}
