package resident

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
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

// showReceipt answers GET /r/{receipt}.
func (h *Handlers) showReceipt(c *gin.Context) {
	receipt := survey.NormalCode(c.Param("receipt"))
	status, ok := h.receipt(c, receipt)
	if !ok {
		return
	}
	v := ReceiptView{Receipt: receipt, Project: status.Project, Phone: status.Phone}
	s := becameOf(status)
	v.Tone, v.Heading = s.tone, h.Pages.Text(c, s.heading, nil)
	for _, key := range s.lines {
		v.Lines = append(v.Lines, h.Pages.Text(c, key, nil))
	}
	v.Frame = Frame{Frame: page.Frame{Title: v.Heading, Path: "/r/" + receipt}}
	h.Pages.Show(c, http.StatusOK, "resident/receipt", v)
}

// receipt looks a normal receipt up. False means that the page for a mistyped
// or unknown one was shown, or the failure.
func (h *Handlers) receipt(c *gin.Context, receipt string) (survey.ReceiptStatus, bool) {
	if !survey.CheckCode(receipt, survey.ReceiptLength) {
		h.showStop(c, http.StatusNotFound, stop{
			tone: "warn", heading: "resident.receipt.mistyped.heading", lines: []string{"resident.receipt.mistyped.do"},
		}, survey.Poster{})
		return survey.ReceiptStatus{}, false
	}
	status, err := h.Store.Receipt(c.Request.Context(), receipt)
	switch {
	case err == nil:
		return status, true
	case survey.KindOf(err) == survey.NotFound:
		h.showStop(c, http.StatusNotFound, stop{
			tone: "warn", heading: "resident.receipt.unknown.heading", lines: []string{"resident.receipt.unknown.do", "resident.call"},
		}, survey.Poster{})
	default:
		h.Pages.Fail(c, err)
	}
	return survey.ReceiptStatus{}, false
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
