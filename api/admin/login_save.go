package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
)

// saveLogin signs in. Who is slowed down sees for how long.
func (h *Handlers) saveLogin(c *gin.Context) error {
	v := loginView{Username: typed(c, "username"), Next: session.LocalPath(c.PostForm("next"))}
	account, err := h.Sessions.SignIn(c, v.Username, c.PostForm("password"))
	if err == nil {
		page.SetLanguage(c, account.Language)
		return see(c, v.Next)
	}
	found, status, mendable := h.faultsOf(c, err)
	if !mendable {
		return err
	}
	v.faults = found
	h.renderLogin(c, status, v)
	return nil
}

// removeLogin signs out.
func (h *Handlers) removeLogin(c *gin.Context) error {
	if err := h.Sessions.SignOut(c); err != nil {
		return err
	}
	return see(c, "/admin/login")
}
