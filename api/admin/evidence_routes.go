package admin

import (
	"context"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/evidence"
	"meihao/survey/rubric"
)

// evidenceStore is what evidence and declarations need of the store.
type evidenceStore interface {
	AddEvidence(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string, p evidence.Piece) (survey.ID, error)
	Evidence(ctx context.Context, actor survey.Actor, id survey.ID) (e rubric.Evidence, activity, project survey.ID, err error)
	EvidenceFile(ctx context.Context, actor survey.Actor, id survey.ID) (rubric.Evidence, []byte, error)
	RemoveEvidence(ctx context.Context, actor survey.Actor, id survey.ID, reason string) error
	DeclareAll(ctx context.Context, actor survey.Actor, activity survey.ID, projects []survey.ID, interest bool, note string) error
	Declarations(ctx context.Context, scope survey.Scope, activity survey.ID) ([]rubric.Declaration, error)
	Declarable(ctx context.Context, scope survey.Scope, activity survey.ID) (survey.Activity, []survey.Project, error)
}

const (
	evidencePath     = "/admin/sheets/:activity/:project/items/:item/evidence"
	declarationsPath = "/admin/sheets/:activity/declarations"
)

// evidenceRoutes are those of evidence, and of what third parties declare.
func (h *Handlers) evidenceRoutes(get, post route) {
	get(evidencePath, survey.AddEvidence, h.showEvidenceForm)
	post(evidencePath, survey.AddEvidence, h.saveEvidence)
	const one = "/admin/evidence/:evidence"
	get(one, survey.ViewSheets, h.sendEvidence)
	get(one+"/remove", survey.AddEvidence, h.showEvidenceRemoval)
	post(one+"/remove", survey.AddEvidence, h.saveEvidenceRemoval)
	get(declarationsPath, survey.ViewSheets, h.showDeclarations)
	post(declarationsPath, survey.ScoreAsThird, h.saveDeclarations)
}

// mostEvidence is what the form of a piece of evidence may carry, in bytes.
const mostEvidence = evidence.MaxBytes + 1<<16

// limitEvidence is how much of an evidence form is read: nothing of one that
// says itself that it is too large.
func limitEvidence(c *gin.Context) int64 {
	keepHead(c)
	if c.Request.ContentLength > mostEvidence {
		return 0
	}
	return mostEvidence
}

// failEvidence answers a file that is too large on the page that it was sent
// from. Browsers show no answer before they have sent what they have: a scan
// that is a little too large is still taken, and thrown away.
func (h *Handlers) failEvidence(c *gin.Context, body io.Reader) {
	if n := c.Request.ContentLength; n > 0 && n <= 4*evidence.MaxBytes {
		_, _ = io.Copy(io.Discard, body) // its sender may be gone
	}
	f, status, _ := h.faultsOf(c, evidence.TooLarge())
	c.Header("Connection", "close")
	if err := h.renderEvidence(c, status, f); err != nil {
		h.Pages.Fail(c, err)
	}
}

// isEvidence says that a request sends a piece of evidence.
func isEvidence(c *gin.Context) bool {
	return c.FullPath() == evidencePath && c.Request.Method == http.MethodPost
}
