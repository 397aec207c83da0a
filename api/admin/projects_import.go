package admin

import (
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/work"
)

type importView struct {
	page.Frame
	faults
	MegaBytes, Rows int
	Form, Project   string           // as typed
	Projects        []survey.Project // that may be named, none where they are too many
	AskDistrict     bool             // whoever works for one district is not asked
	District        string           // as typed
	Districts       []string         // none where there are none yet
}

// mostNamed is how many projects the page offers by name.
const mostNamed = 300

// showImport asks for a register.
func (h *Handlers) showImport(c *gin.Context) error {
	return h.renderImport(c, http.StatusOK, faults{})
}

func (h *Handlers) renderImport(c *gin.Context, status int, f faults) error {
	projects, total, err := h.Store.Projects(c.Request.Context(), scope(c), survey.ProjectFilter{Limit: mostNamed})
	if err != nil {
		return err
	}
	if total > mostNamed {
		projects = nil
	}
	places, err := h.Store.Places(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	title := h.text(c, "import.title")
	h.Pages.Show(c, status, "staff/import", importView{
		Frame:  h.frame(c, "projects", title, page.Crumb{Text: h.text(c, "projects.title"), Path: "/admin/projects"}, page.Crumb{Text: title}),
		faults: f, MegaBytes: roster.MaxBytes >> 20, Rows: roster.MaxRows,
		Form: typed(c, "form"), Project: typed(c, "project"), Projects: projects,
		AskDistrict: scope(c).All, District: typed(c, "district"), Districts: districtNames(places),
	})
	return nil
}

// districtNames are the names of the districts among places.
func districtNames(places []survey.Place) (names []string) {
	for _, p := range places {
		if p.Subdistrict == 0 && p.Community == 0 {
			names = append(names, p.Area.District)
		}
	}
	return names
}

// saveUpload keeps the file until its preview is accepted, and begins to plan
// it. Nothing is changed; a file that is seen at once to be no register comes
// back with what is wrong.
func (h *Handlers) saveUpload(c *gin.Context) error {
	id, err := h.upload(c)
	var j work.Job
	if err == nil {
		j, err = h.plan(c, planned{Upload: id, Form: typed(c, "form"), Project: typed(c, "project"), District: typed(c, "district")}, time.Time{})
	}
	if err == nil && j.Problem != nil {
		err = errors.Join(j.Problem, h.Store.RemoveUpload(c.Request.Context(), actor(c), id))
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderImport(c, status, f)
	}
	if err != nil {
		return err
	}
	if j.State != work.Done {
		return see(c, jobPath(j.ID))
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
		return 0, roster.TooLarge(header.Filename)
	}
	data, err := io.ReadAll(io.LimitReader(file, roster.MaxBytes+1))
	if err != nil {
		return 0, survey.Fail(survey.Invalid, "error.upload.broken").Field("file", "error.upload.broken")
	}
	return h.Store.AddUpload(c.Request.Context(), actor(c), filepath.Base(header.Filename), data)
}

// sendTemplate sends a small register to fill in: of projects, or with
// ?form=buildings of the buildings of projects that are there.
func (h *Handlers) sendTemplate(c *gin.Context) error {
	template, name := roster.Template, "meihao-projects.xlsx"
	if c.Query("form") == buildingsForm {
		template, name = roster.BuildingsTemplate, "meihao-buildings.xlsx"
	}
	data, err := template(page.Language(c))
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Data(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", data)
	return nil
}
