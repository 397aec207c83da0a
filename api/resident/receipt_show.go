package resident

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// ReceiptView says what became of a response, never what it says.
type ReceiptView struct {
	Frame
	Receipt string
	Tone    string
	Heading string
	Lines   []string
	Project string
	Phone   string
}

// showReceipt answers GET /r/{receipt}, with as many bytes and after the same
// time whatever it says: who listens on the line, or looks at a clock, learns
// nothing of an answer (RULES §1).
func (h *Handlers) showReceipt(c *gin.Context) {
	arrived := time.Now()
	receipt := survey.NormalCode(c.Param("receipt"))
	status, err := h.lookUp(c, receipt)
	switch {
	case err == nil:
		h.showEqual(c, arrived, http.StatusOK, "resident/receipt", h.receiptView(c, receipt, status))
	case survey.KindOf(err) != survey.NotFound:
		h.Pages.Fail(c, err)
	case survey.KeyOf(err) == mistypedReceipt || !h.Limits.Guessed(c):
		h.showEqual(c, arrived, http.StatusNotFound, "resident/stop", h.noReceiptView(c, receipt, err))
	}
}

// failReceipt tells on another page that a receipt leads nowhere.
func (h *Handlers) failReceipt(c *gin.Context, receipt string, err error) {
	if survey.KeyOf(err) == mistypedReceipt || !h.Limits.Guessed(c) {
		h.Pages.Show(c, http.StatusNotFound, "resident/stop", h.noReceiptView(c, receipt, err))
	}
}

const mistypedReceipt = "resident.receipt.mistyped.heading"

// lookUp asks the store for a receipt. One that nobody was ever given costs no
// query.
func (h *Handlers) lookUp(c *gin.Context, receipt string) (survey.ReceiptStatus, error) {
	if !survey.CheckCode(receipt, survey.ReceiptLength) {
		return survey.ReceiptStatus{}, survey.NotFoundError(mistypedReceipt)
	}
	return h.Store.Receipt(c.Request.Context(), receipt)
}

func (h *Handlers) receiptView(c *gin.Context, receipt string, status survey.ReceiptStatus) ReceiptView {
	v := ReceiptView{Receipt: receipt, Project: status.Project, Phone: status.Phone}
	s := becameOf(status)
	v.Tone, v.Heading = s.tone, h.Pages.Text(c, s.heading, nil)
	for _, key := range s.lines {
		v.Lines = append(v.Lines, h.Pages.Text(c, key, nil))
	}
	v.Frame = frameAt(c, "/r/"+receipt, v.Heading)
	return v
}

// noReceiptView is the page for a receipt that leads nowhere. It does not
// repeat what was typed beyond a receipt's length.
func (h *Handlers) noReceiptView(c *gin.Context, receipt string, err error) StopView {
	s := stop{tone: "warn", heading: "resident.receipt.unknown.heading", lines: []string{"resident.receipt.unknown.do", "resident.call"}, entry: true}
	if survey.KeyOf(err) == mistypedReceipt {
		s = stop{tone: "warn", heading: mistypedReceipt, lines: []string{"resident.receipt.mistyped.do"}, entry: true}
		receipt = "-" // mistyped as well
	}
	v := h.stopView(c, s, survey.Poster{})
	v.Path = "/r/" + receipt
	return v
}

// becameOf is what is said of a response: counted, under review, or not
// counted and why (RULES §1).
func becameOf(status survey.ReceiptStatus) stop {
	const private = "resident.receipt.private"
	switch {
	case status.State == survey.Held && status.Sealed:
		return stop{tone: "warn", heading: "resident.receipt.excluded.heading", lines: []string{"resident.receipt.undecided.why", "resident.receipt.excluded.do", private}}
	case status.State == survey.Held:
		return stop{tone: "quiet", heading: "resident.receipt.held.heading", lines: []string{"resident.receipt.held.why", "resident.receipt.held.next", private}}
	case status.State == survey.Excluded:
		return stop{tone: "warn", heading: "resident.receipt.excluded.heading", lines: []string{"resident.receipt.excluded.why", "resident.receipt.excluded.do", private}}
	case status.Counts && status.Lane == survey.OpenLane:
		return stop{tone: "good", heading: "resident.receipt.apart.heading", lines: []string{"resident.receipt.open.what", private}}
	case !status.Counts:
		return stop{tone: "good", heading: "resident.receipt.apart.heading", lines: []string{"resident.receipt.apart.why", private}}
	}
	return stop{tone: "good", heading: "resident.receipt.counted.heading", lines: []string{"resident.receipt.counted.what", private}}
}
