package resident

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// acknowledgement is what a form that was sent by script is told of an answer
// that is stored. The page that says 已收到 is at Next and nowhere else.
type acknowledgement struct {
	Receipt string `json:"receipt"`
	Retry   bool   `json:"retry"` // the request was known already: nothing was stored now
	Next    string `json:"next"`  // a path of this server
}

// acknowledge answers a form whose answer is stored: 303 to the page at next,
// or, to a script, 201 with the same address, 200 for a request that was known
// already. What a retry is told on its page (`retry=1`) a script asks for
// itself, when the answers were changed between two attempts.
func (h *Handlers) acknowledge(c *gin.Context, next string, saved survey.Saved) {
	if !page.WantsJSON(c) {
		if saved.Retry {
			next += "&retry=1"
		}
		c.Header("Location", next)
		c.Status(http.StatusSeeOther)
		return
	}
	status := http.StatusCreated
	if saved.Retry {
		status = http.StatusOK
	}
	c.Header("Cache-Control", "no-store")
	c.JSON(status, acknowledgement{Receipt: saved.Receipt, Retry: saved.Retry, Next: next})
}

// refuseScript answers a form that was sent by script and not stored, with the
// error of DESIGN §8; false where it was sent without, and has a page to come.
func (h *Handlers) refuseScript(c *gin.Context, err error) bool {
	if !page.WantsJSON(c) {
		return false
	}
	h.Pages.Fail(c, err)
	return true
}
