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
	Poster  string // whose draft is wiped
	Receipt string
	Look    string // address of the receipt
	Project string
	Closes  time.Time
	Asker   string
	Phone   string
	Counts  bool // false for open feedback
}

// showDone answers GET /s/{poster}/done?receipt=…: 已收到 only for a receipt
// that the store knows.
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
		Poster: p.Code, Receipt: receipt, Look: addressOf(c, "/r/"+receipt),
		Project: p.Project.Name, Closes: p.Campaign.Closes, Asker: p.Campaign.Asker, Phone: phoneOf(p), Counts: status.Counts,
	}
	v.Frame = h.frame(c, p, h.Pages.Text(c, "resident.done.title", nil))
	v.Path = "/s/" + code + "/done?receipt=" + receipt
	h.Pages.Show(c, http.StatusOK, "resident/done", v)
}
