package resident

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// DoneView says 已收到. It holds nothing of what was answered.
type DoneView struct {
	Frame
	Poster  string
	Draft   string // which draft is wiped
	Receipt string
	Look    string // address of the receipt
	Project string
	Closes  time.Time
	// Publishes is the day planned for the result, zero for none.
	Publishes time.Time
	Phone     string
	Privacy   string
	Counts    bool   // false for open feedback
	Changed   bool   // answered again: the words are the same for a withdrawal
	Known     bool   // the request had come before, and what it holds now was not stored
	Again     string // address of the blank form, "" where this phone cannot change it
}

// showDone answers GET /s/{poster}/done?receipt=…: 已收到 only for a receipt
// that the store knows. again=1 comes from a re-answer, retry=1 from a request
// that was known.
func (h *Handlers) showDone(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	p, err := h.Store.Poster(c.Request.Context(), code)
	if err != nil {
		h.fail(c, p, err)
		return
	}
	receipt := survey.NormalCode(c.Query("receipt"))
	status, ok := h.receipt(c, receipt)
	if !ok {
		return
	}
	v := DoneView{
		Poster: p.Code, Draft: p.Code, Receipt: receipt, Look: addressOf(c, "/r/"+receipt),
		Project: p.Project.Name, Closes: p.Campaign.Closes, Publishes: p.Campaign.Publishes, Phone: phoneOf(p), Privacy: addressOf(c, "/s/"+p.Code+"/privacy"),
		Counts: status.Counts, Changed: c.Query("again") == "1", Known: c.Query("retry") == "1",
	}
	if v.Changed {
		v.Draft = againDraft(p.Code, receipt)
	}
	if _, here := answeredWith(c, p, receipt); here && p.Campaign.Accepts(h.Now()) == nil {
		v.Again = againAddress(c, p.Code, receipt)
	}
	v.Frame = h.frame(c, p, h.Pages.Text(c, "resident.done.title", nil))
	v.Path = "/s/" + code + "/done?receipt=" + receipt
	if v.Changed {
		v.Path += "&again=1"
	}
	h.Pages.Show(c, http.StatusOK, "resident/done", v)
}
