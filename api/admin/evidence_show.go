package admin

import (
	"encoding/hex"
	"mime"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/evidence"
	"meihao/survey/rubric"
)

// evidencePart is what the partials "evidence_list" and "evidence_form" show:
// the evidence of one item, and the form that adds to it.
type evidencePart struct {
	faults
	Staff *page.Staff
	Path  string // takes the form
	Can   bool   // may add
	List  []evidenceLine
	Note  string // as typed

	MB, Letters int
}

// evidenceLine is one piece as a list shows it.
type evidenceLine struct {
	rubric.Evidence
	Path   string // shows the file
	Remove string // "" for who may not
	KB     int64
	Hash   string
}

// evidenceOf is the evidence of an item of a sheet, as the actor may read it.
func (h *Handlers) evidenceOf(c *gin.Context, a survey.Activity, one rubric.Case, item string) evidencePart {
	who := actor(c)
	works := a.Works(h.Now()) == nil
	v := evidencePart{
		Staff: page.StaffOf(c), Can: works && may(c, survey.AddEvidence), MB: evidence.MaxBytes >> 20, Letters: rubric.LongestNote,
		Path: itemPath(a.ID, one.Project.ID, item) + "/evidence",
	}
	for _, e := range one.Entries.Evidence {
		if e.Item != item || !e.ReadBy(who.Role) {
			continue
		}
		line := evidenceLine{Evidence: e, Path: "/admin/evidence/" + e.ID.String(), KB: (e.Size + 1023) >> 10}
		if e.Kind == rubric.EvidenceFile {
			line.Hash = hex.EncodeToString(e.SHA256[:])
		}
		if works && e.RemovedBy(who) {
			line.Remove = line.Path + "/remove"
		}
		v.List = append(v.List, line)
	}
	return v
}

// itemPath is the page of one item of a sheet.
func itemPath(activity, project survey.ID, item string) string {
	return "/admin/sheets/" + activity.String() + "/" + project.String() + "/items/" + item
}

// sendEvidence sends a file: pictures to look at, anything else to save. What
// comes from people never acts in our name.
func (h *Handlers) sendEvidence(c *gin.Context) error {
	id, err := idParam(c, "evidence")
	if err != nil {
		return err
	}
	e, data, err := h.Store.EvidenceFile(c.Request.Context(), actor(c), id)
	if err != nil {
		return err
	}
	how := "attachment"
	if e.Type == evidence.JPEG || e.Type == evidence.PNG {
		how = "inline"
	}
	c.Header("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": e.Name}))
	c.Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	c.Header("X-Content-Type-Options", "nosniff")
	c.Header("Cross-Origin-Resource-Policy", "same-origin")
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, e.Type, data)
	return nil
}
