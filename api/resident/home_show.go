package resident

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// HomeView is the page at / for who comes without a code.
type HomeView struct{ Frame }

// showHome answers GET /: how to get to a form. A typed code (?code=) is sent
// on to its form, a receipt to its page, a mistyped one is told so here.
func (h *Handlers) showHome(c *gin.Context) {
	if typed := strings.TrimSpace(c.Query("code")); typed != "" {
		code := survey.NormalCode(typed)
		if len(code) == survey.ReceiptLength {
			c.Redirect(http.StatusSeeOther, addressOf(c, "/r/"+url.PathEscape(code)))
			return
		}
		if !survey.CheckCode(code, survey.PosterCodeLength) {
			h.showMistyped(c)
			return
		}
		c.Redirect(http.StatusSeeOther, addressOf(c, "/s/"+code))
		return
	}
	title := h.Pages.Text(c, "resident.home.title", nil)
	h.Pages.Show(c, http.StatusOK, "resident/home", HomeView{frameAt(c, "/", title)})
}
