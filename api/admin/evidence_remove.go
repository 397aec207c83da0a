package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

type evidenceRemovalView struct {
	page.Frame
	faults
	Evidence   rubric.Evidence
	Path, Back string
	Reason     string
}

// showEvidenceRemoval says what goes and what stays, and asks why.
func (h *Handlers) showEvidenceRemoval(c *gin.Context) error {
	return h.renderEvidenceRemoval(c, http.StatusOK, faults{})
}

func (h *Handlers) renderEvidenceRemoval(c *gin.Context, status int, f faults) error {
	e, back, err := h.removable(c)
	if err != nil {
		return err
	}
	title := h.text(c, "evidence.remove")
	v := evidenceRemovalView{faults: f, Evidence: e, Path: "/admin/evidence/" + e.ID.String(), Back: back, Reason: typed(c, "reason")}
	v.Frame = h.frame(c, "sheets", title, page.Crumb{Text: h.text(c, "sheets.title"), Path: "/admin/sheets"},
		page.Crumb{Text: e.Item, Path: back}, page.Crumb{Text: title})
	h.Pages.Show(c, status, "staff/evidence_remove", v)
	return nil
}

// removable is the piece of the path that the actor may remove, and the page
// of its item. What somebody else added is not there to be removed.
func (h *Handlers) removable(c *gin.Context) (rubric.Evidence, string, error) {
	id, err := idParam(c, "evidence")
	if err != nil {
		return rubric.Evidence{}, "", err
	}
	e, activity, project, err := h.Store.Evidence(c.Request.Context(), actor(c), id)
	if err != nil {
		return rubric.Evidence{}, "", err
	}
	if !e.RemovedBy(actor(c)) {
		return rubric.Evidence{}, "", survey.Fail(survey.Forbidden, "error.evidence.others")
	}
	return e, itemPath(activity, project, e.Item), nil
}

// saveEvidenceRemoval removes a piece of evidence.
func (h *Handlers) saveEvidenceRemoval(c *gin.Context) error {
	e, back, err := h.removable(c)
	if err != nil {
		return err
	}
	err = h.Store.RemoveEvidence(c.Request.Context(), actor(c), e.ID, typed(c, "reason"))
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderEvidenceRemoval(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, back+"?done=evidence_removed")
}
