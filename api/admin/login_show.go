package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
)

type loginView struct {
	page.Frame
	faults
	Username, Next string
	Demo           bool
}

// showLogin asks who is there. Who is signed in already goes on.
func (h *Handlers) showLogin(c *gin.Context) error {
	page.RememberLanguage(c)
	next := session.LocalPath(c.Query("next"))
	if session.Account(c).ID != 0 {
		return see(c, next)
	}
	h.renderLogin(c, http.StatusOK, loginView{Next: next})
	return nil
}

func (h *Handlers) renderLogin(c *gin.Context, status int, v loginView) {
	v.Frame = page.Frame{Title: h.text(c, "login.title"), Path: c.Request.URL.Path}
	v.Demo = h.Demo
	h.Pages.Show(c, status, "staff/login", v)
}
