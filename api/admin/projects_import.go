package admin

import (
	"errors"
	"io"
	"net/http"
	"path/filepath"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/roster"
)

type importView struct {
	page.Frame
	faults
	MegaBytes, Rows int
}

// showImport asks for a register.
func (h *Handlers) showImport(c *gin.Context) error {
	h.renderImport(c, http.StatusOK, faults{})
	return nil
}

func (h *Handlers) renderImport(c *gin.Context, status int, f faults) {
	title := h.text(c, "import.title")
	h.Pages.Show(c, status, "staff/import", importView{
		Frame:  h.frame(c, "projects", title, page.Crumb{Text: h.text(c, "projects.title"), Path: "/admin/projects"}, page.Crumb{Text: title}),
		faults: f, MegaBytes: roster.MaxBytes >> 20, Rows: roster.MaxRows,
	})
}

// saveUpload keeps the file until its preview is accepted. Nothing is
// changed; a file that is no register comes back with what is wrong.
func (h *Handlers) saveUpload(c *gin.Context) error {
	id, err := h.upload(c)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		h.renderImport(c, status, f)
		return nil
	}
	if err != nil {
		return err
	}
	return see(c, importPath+"/"+id.String())
}

func (h *Handlers) upload(c *gin.Context) (survey.ID, error) {
	file, header, err := c.Request.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) {
		return 0, survey.Fail(survey.Invalid, "error.upload.missing").Field("file", "error.upload.missing")
	}
	if err != nil {
		return 0, survey.Fail(survey.Invalid, "error.upload.broken").Field("file", "error.upload.broken")
	}
	defer file.Close()
	if header.Size > roster.MaxBytes {
		return 0, survey.Fail(survey.TooLarge, "error.too_large").Field("file", "error.too_large")
	}
	data, err := io.ReadAll(io.LimitReader(file, roster.MaxBytes+1))
	if err != nil {
		return 0, survey.Fail(survey.Invalid, "error.upload.broken").Field("file", "error.upload.broken")
	}
	name := filepath.Base(header.Filename)
	if _, err := read(name, data); err != nil {
		return 0, err
	}
	return h.Store.AddUpload(c.Request.Context(), actor(c), name, data)
}

// sendTemplate sends an empty register to fill in.
func (h *Handlers) sendTemplate(c *gin.Context) error {
	data, err := roster.Template(page.Language(c))
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", `attachment; filename="meihao-projects.xlsx"`)
	c.Data(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", data)
	return nil
}
