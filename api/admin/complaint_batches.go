package admin

import (
	"encoding/hex"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

type batchesView struct {
	page.Frame
	Batches   []batchLine
	MayImport bool
}

// batchLine is a file that was imported.
type batchLine struct {
	survey.ComplaintBatch
	DistrictName string // "" for the city
	Removal      string // address of its removal, "" where the actor may not or it is gone
}

// Since and Until are the months of which it has all tickets.
func (l batchLine) Since() string { return monthName(l.From) }

// Until is the last of them.
func (l batchLine) Until() string { return monthName(l.To) }

// Digest is the file's SHA-256.
func (l batchLine) Digest() string { return hex.EncodeToString(l.SHA256[:]) }

// showComplaintBatches lists the files that complaints came from.
func (h *Handlers) showComplaintBatches(c *gin.Context) error {
	lines, err := h.batchLines(c)
	if err != nil {
		return err
	}
	v := batchesView{Batches: lines, MayImport: may(c, survey.ImportComplaints)}
	v.Frame = h.complaintFrame(c, h.text(c, "complaints.batches"))
	return h.present(c, http.StatusOK, "staff/complaint_batches", v)
}

func (h *Handlers) batchLines(c *gin.Context) ([]batchLine, error) {
	ctx, own := c.Request.Context(), actor(c)
	list, err := h.Store.ComplaintBatches(ctx, own.Scope)
	if err != nil {
		return nil, err
	}
	places, err := h.Store.Places(ctx, own.Scope)
	if err != nil {
		return nil, err
	}
	names := map[survey.ID]string{}
	for _, p := range places {
		names[p.District] = p.Area.District
	}
	lines := make([]batchLine, len(list))
	for i, b := range list {
		lines[i] = batchLine{ComplaintBatch: b, DistrictName: names[b.District]}
		if b.Removed.IsZero() && may(c, survey.ImportComplaints) && own.Scope.Manages(b.District) {
			lines[i].Removal = complaintsPath + "/batches/" + b.ID.String() + "/remove"
		}
	}
	return lines, nil
}

type batchRemovalView struct {
	page.Frame
	faults
	batchLine
	Why string // as typed
}

// showBatchRemoval says what will happen before a file is taken back.
func (h *Handlers) showBatchRemoval(c *gin.Context) error {
	return h.renderBatchRemoval(c, http.StatusOK, faults{})
}

func (h *Handlers) renderBatchRemoval(c *gin.Context, status int, f faults) error {
	id, err := idParam(c, "batch")
	if err != nil {
		return err
	}
	lines, err := h.batchLines(c)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.ID != id || l.Removal == "" {
			continue
		}
		title := h.text(c, "complaints.batch.remove")
		v := batchRemovalView{faults: f, batchLine: l, Why: typed(c, "reason")}
		v.Frame = h.complaintFrame(c, title, page.Crumb{Text: h.text(c, "complaints.batches"), Path: complaintsPath + "/batches"})
		h.Pages.Show(c, status, "staff/complaint_batch_remove", v)
		return nil
	}
	return survey.NotFoundError("error.not_found")
}

// removeBatch takes a file back.
func (h *Handlers) removeBatch(c *gin.Context) error {
	id, err := idParam(c, "batch")
	if err != nil {
		return err
	}
	err = h.Store.RemoveComplaintBatch(c.Request.Context(), actor(c), id, typed(c, "reason"))
	if f, status, mendable := h.faultsOf(c, err); mendable && survey.KindOf(err) == survey.Invalid {
		return h.renderBatchRemoval(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, complaintsPath+"/batches?done=complaints_removed")
}

// workbook is the list of files.
func (v batchesView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("complaints.file", "complaints.form", "complaints.document", "complaints.area", "complaints.covers", "#complaints.rows",
			"@complaints.imported", "complaints.by", "complaints.digest", "@complaints.removed", "reason"),
		Rows: export.Of(v.Batches, func(l batchLine) []export.Cell {
			area, covers := l.DistrictName, ""
			if area == "" {
				area = t.say("scope.city")
			}
			if l.From != 0 {
				covers = l.Since() + " – " + l.Until()
			}
			return []export.Cell{export.String(l.Name), export.String(t.say("complaints.form." + l.Kind)), orDash(l.Document), export.String(area), orDash(covers),
				export.Int(l.Rows), export.Time(l.At), orDash(l.By), export.String(l.Digest()), export.Time(l.Removed), orDash(l.Reason)}
		}),
	}}}
}
