package admin

import (
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/evidence"
	"meihao/survey/rubric"
)

type evidenceView struct {
	page.Frame
	Evidence evidencePart
	Item     rubric.Item
	Project  survey.Project
	Back     string
}

// showEvidenceForm asks for a file or a note.
func (h *Handlers) showEvidenceForm(c *gin.Context) error {
	return h.renderEvidence(c, http.StatusOK, faults{})
}

func (h *Handlers) renderEvidence(c *gin.Context, status int, f faults) error {
	a, one, item, err := h.itemOf(c)
	if err != nil {
		return err
	}
	v := evidenceView{Evidence: h.evidenceOf(c, a, one, item.ID), Item: item, Project: one.Project, Back: itemPath(a.ID, one.Project.ID, item.ID)}
	v.Evidence.faults = f
	v.Evidence.Note = typed(c, "note")
	sheet := "/admin/sheets/" + a.ID.String()
	v.Frame = h.frame(c, "sheets", h.text(c, "evidence.title", "Item", item.ID), page.Crumb{Text: h.text(c, "sheets.title"), Path: "/admin/sheets"},
		page.Crumb{Text: a.Name, Path: sheet}, page.Crumb{Text: one.Project.Name, Path: sheet + "/" + one.Project.ID.String()},
		page.Crumb{Text: item.ID, Path: v.Back}, page.Crumb{Text: h.text(c, "evidence.short")})
	h.Pages.Show(c, status, "staff/evidence", v)
	return nil
}

// itemOf is the item of the path with its sheet; NotFound outside the scope.
func (h *Handlers) itemOf(c *gin.Context) (survey.Activity, rubric.Case, rubric.Item, error) {
	none := func(err error) (survey.Activity, rubric.Case, rubric.Item, error) {
		return survey.Activity{}, rubric.Case{}, rubric.Item{}, err
	}
	activity, err := idParam(c, "activity")
	if err != nil {
		return none(err)
	}
	project, err := idParam(c, "project")
	if err != nil {
		return none(err)
	}
	for _, item := range h.Rubric.Items {
		if item.ID == c.Param("item") {
			a, one, err := h.Store.Sheet(c.Request.Context(), scope(c), activity, project)
			return a, one, item, err
		}
	}
	return none(survey.NotFoundError("error.not_found"))
}

// saveEvidence keeps a file or a note.
func (h *Handlers) saveEvidence(c *gin.Context) error {
	a, one, item, err := h.itemOf(c) // before the file is looked at
	if err != nil {
		return err
	}
	p := evidence.Piece{Note: typed(c, "note")}
	if p.File, err = h.sentFile(c); err == nil {
		_, err = h.Store.AddEvidence(c.Request.Context(), actor(c), a.ID, one.Project.ID, item.ID, p)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderEvidence(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, itemPath(a.ID, one.Project.ID, item.ID)+"?done=evidence_added")
}

// sentFile is the file of the form, nil without one. Browsers send an empty
// one where none was chosen.
func (h *Handlers) sentFile(c *gin.Context) (*evidence.File, error) {
	file, header, err := c.Request.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	broken := survey.Fail(survey.Invalid, "error.evidence.broken").Field("evidence_file", "error.evidence.broken")
	if err != nil {
		return nil, broken
	}
	defer file.Close()
	switch {
	case header.Filename == "" || header.Size == 0 && typed(c, "note") != "":
		return nil, nil
	case header.Size > evidence.MaxBytes:
		return nil, evidence.TooLarge()
	}
	data, err := io.ReadAll(io.LimitReader(file, evidence.MaxBytes+1))
	if err != nil {
		return nil, broken
	}
	f, err := h.files.Read(c.Request.Context(), header.Filename, data)
	if err != nil {
		return nil, err
	}
	return &f, nil
}
