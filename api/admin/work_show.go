package admin

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
	"meihao/survey"
	"meihao/survey/work"
)

// jobView is a job as its page and the list show it.
type jobView struct {
	work.Job
	Word    word
	Percent int
	Own     bool
	Message *survey.Message // what it failed of
	Import  *imported       // what a done import wrote
	// Complaints says that it is about complaints, and Wrote what a done import
	// of them wrote.
	Complaints bool
	Wrote      *importedComplaints
	Export     *exportMade // what a done export made
	Expired    bool        // its file is not to be had any more
	Onward     string      // where its end leads to, "" for nowhere
	MayStop    bool
	Again      bool // trying once more may help
}

type workView struct {
	page.Frame
	jobView
	MayCampaign bool
	ImportPath  string
	PagePath    string // the page that an export is of
}

// showJob shows how far a job is and, at its end, what came of it. A plan's
// end is its preview.
func (h *Handlers) showJob(c *gin.Context) error {
	j, err := h.jobOf(c)
	if err != nil {
		return err
	}
	v := workView{jobView: h.viewOfJob(c, j), ImportPath: importPath}
	if v.Complaints {
		v.ImportPath = complaintImportPath
	}
	if j.State == work.Done && (j.Kind == planKind || j.Kind == complaintPlanKind) && v.Own {
		return see(c, v.Onward)
	}
	v.MayCampaign = may(c, survey.ManageCampaigns)
	v.PagePath = pageOfExport(j)
	title := h.text(c, "job.kind."+j.Kind, "Name", j.Name)
	v.Frame = h.frame(c, "work", title, page.Crumb{Text: h.text(c, "job.title"), Path: workPath}, page.Crumb{Text: title})
	h.Pages.Show(c, http.StatusOK, "staff/work", v)
	return nil
}

// jobOf is the job of the path, as the actor may see it.
func (h *Handlers) jobOf(c *gin.Context) (work.Job, error) {
	id, err := idParam(c, "job")
	if err != nil {
		return work.Job{}, err
	}
	return h.Work.Job(c.Request.Context(), actor(c), id)
}

func (h *Handlers) viewOfJob(c *gin.Context, j work.Job) jobView {
	v := jobView{Job: j, Word: wordOfJob(j), Percent: j.Percent(), Own: j.Account == session.Account(c).ID, MayStop: !j.Over() && !j.Stop}
	if j.Problem != nil {
		v.Message = &j.Problem.Message
	}
	if j.State == work.Done && j.Kind == importKind {
		v.Import = &imported{}
		if json.Unmarshal([]byte(j.Result), v.Import) != nil {
			v.Import = nil // of a version that kept it in another form
		}
	}
	v.Complaints = j.Kind == complaintPlanKind || j.Kind == complaintImportKind
	if j.State == work.Done && j.Kind == complaintImportKind {
		v.Wrote = &importedComplaints{}
		if json.Unmarshal([]byte(j.Result), v.Wrote) != nil {
			v.Wrote = nil
		}
	}
	if made, done := madeOf(j); done {
		v.Export, v.Expired = &made, h.expired(j)
	}
	v.Onward = onward(j)
	if v.Expired {
		v.Onward = ""
	}
	v.Again = v.Own && (j.State == work.Cancelled || j.State == work.Failed && !overtaken(j) && (j.Problem == nil || j.Problem.Key != complaintsMovedKey) && !ofTheFile(j.Problem))
	return v
}

// onward is where the end of a job leads to: to the file of an export, else to
// the preview. That of an import, done or overtaken, is made anew, one from
// before is too old.
func onward(j work.Job) string {
	if j.Kind == exportKind && j.State == work.Done {
		return filePath(j.ID)
	}
	upload := uploadOf(j)
	switch {
	case j.Kind == complaintPlanKind && j.State == work.Done:
		return complaintImportPath + "/" + uploadOfComplaints(j).String()
	case j.Kind == complaintImportKind && j.State == work.Done:
		return complaintsOnward(j)
	case j.Kind == complaintImportKind && j.Problem != nil && j.Problem.Key == complaintsMovedKey:
		return complaintImportPath + "/" + uploadOfComplaints(j).String() + "?after=" + strconv.FormatInt(j.Ended.UnixMilli(), 10)
	case upload == 0:
		return ""
	case j.Kind == planKind && j.State == work.Done:
		return importPath + "/" + upload.String()
	case j.Kind == importKind && (j.State == work.Done || overtaken(j)):
		return importPath + "/" + upload.String() + "?after=" + strconv.FormatInt(j.Ended.UnixMilli(), 10)
	}
	return ""
}

// ofTheFile says that a failure lies in the file, so that only another one helps.
func ofTheFile(problem *survey.Error) bool {
	return problem != nil && (problem.Kind == survey.Invalid || problem.Kind == survey.TooLarge || problem.Key == goneKey)
}

// wordOfJob is a job's state as a tag.
func wordOfJob(j work.Job) word {
	switch {
	case j.State == work.Done:
		return word{"job.state.done", "good", "✓"}
	case j.State == work.Failed:
		return word{"job.state.failed", "bad", "✗"}
	case j.State == work.Cancelled:
		return word{"job.state.cancelled", "none", "–"}
	case j.Stop:
		return word{"job.state.stopping", "none", "…"}
	case j.State == work.Running:
		return word{"job.state.running", "info", "▶"}
	}
	return word{"job.state.waiting", "none", "…"}
}
