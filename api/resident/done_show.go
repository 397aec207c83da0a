package resident

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// DoneView says 已收到. It holds nothing of what was answered, and says the
// same after the first answers, others and a withdrawal.
type DoneView struct {
	Frame
	Poster  string // whose drafts are wiped
	Receipt string
	Look    string // address of the receipt
	Project string
	Closes  time.Time
	Ended   bool   // no more answers are taken
	Result  string // address of the result, or of the day it is planned for
	// Publishes is the day planned for the result, zero for none.
	Publishes time.Time
	Phone     string
	Privacy   string
	Counts    bool   // false for open feedback
	Known     bool   // the request had come before, and what it holds now was not stored
	Again     string // address of the blank form, "" where this phone cannot change it
	Forget    string // address that takes the change keys from this phone
}

// showDone answers GET /s/{poster}/done?receipt=…: 已收到 only for a receipt
// that the store knows. retry=1 comes from a request that was known.
func (h *Handlers) showDone(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	receipt := survey.NormalCode(c.Query("receipt"))
	p, err := h.Store.Poster(c.Request.Context(), code)
	if err != nil {
		h.failDone(c, code, receipt, err)
		return
	}
	status, err := h.lookUp(c, receipt)
	if err != nil {
		h.failDone(c, code, receipt, err)
		return
	}
	v := DoneView{
		Poster: p.Code, Receipt: receipt, Look: addressOf(c, "/r/"+receipt), Project: p.Project.Name,
		Closes: p.Campaign.Closes, Ended: p.Campaign.Ended(h.Now()), Result: addressOf(c, "/p/"+p.Code), Publishes: p.Campaign.Publishes,
		Phone: phoneOf(p), Privacy: addressOf(c, "/s/"+p.Code+"/privacy"), Forget: forgetAddress(c, p.Code),
		Counts: status.Counts, Known: c.Query("retry") == "1",
	}
	if _, here := answeredWith(c, p, receipt); here && p.Campaign.Accepts(h.Now()) == nil {
		v.Again = againAddress(c, p.Code, receipt)
	}
	v.Frame = h.frame(c, p, h.Pages.Text(c, "resident.done.title", nil))
	v.Path = doneAt(code, receipt)
	h.Pages.Show(c, http.StatusOK, "resident/done", v)
}

func doneAt(code, receipt string) string { return "/s/" + code + "/done?receipt=" + receipt }

// failDone answers in place of 已收到. Where only the store cannot be asked now
// the answers were stored all the same, or nobody would have been sent here:
// the page says that they need not be given again. A phone that holds the
// receipt's change key was told by us that they were received.
func (h *Handlers) failDone(c *gin.Context, code, receipt string, err error) {
	switch {
	case h.Pages.Passes(err) && survey.CheckCode(receipt, survey.ReceiptLength):
		s := stop{tone: "quiet", heading: "resident.done.away", lines: []string{"resident.done.away_do"}}
		if names(answeredOf(c), receipt) {
			s = stop{tone: "good", heading: "resident.done.heading", lines: []string{"resident.done.away_received", "resident.done.away_do"}}
		}
		v := h.stopView(c, s, survey.Poster{})
		v.Path = doneAt(code, receipt)
		c.Header("Retry-After", "5")
		h.Pages.Show(c, page.Status(survey.Busy), "resident/stop", v)
	case survey.KindOf(err) == survey.NotFound:
		h.failReceipt(c, receipt, err)
	default:
		h.fail(c, survey.Poster{}, err)
	}
}
