package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
	"meihao/survey"
)

type passwordView struct {
	page.Frame
	faults
	OneTime bool // must be changed before anything else
	Least   int
	Name    string
}

// showPassword asks for a new password.
func (h *Handlers) showPassword(c *gin.Context) error {
	h.renderPassword(c, http.StatusOK, faults{})
	return nil
}

func (h *Handlers) renderPassword(c *gin.Context, status int, f faults) {
	account := session.Account(c)
	title := h.text(c, "password.title")
	h.Pages.Show(c, status, "staff/password", passwordView{
		Frame:  h.frame(c, "password", title, page.Crumb{Text: title}),
		faults: f, OneTime: account.OneTime, Least: survey.MinPassword, Name: account.Username,
	})
}

// savePassword changes one's own password: the present one is asked again,
// and all other sessions of the account end.
func (h *Handlers) savePassword(c *gin.Context) error {
	err := h.changePassword(c)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		h.renderPassword(c, status, f)
		return nil
	}
	if err != nil {
		return err
	}
	return see(c, "/admin?done=password")
}

func (h *Handlers) changePassword(c *gin.Context) error {
	account, password := session.Account(c), c.PostForm("password")
	if err := survey.CheckPassword(account.Username, password); err != nil {
		return err
	}
	if password != c.PostForm("again") {
		return survey.Fail(survey.Invalid, "error.password.again").Field("again", "error.password.again")
	}
	if password == c.PostForm("current") {
		return survey.Fail(survey.Invalid, "error.password.same").Field("password", "error.password.same")
	}
	if err := h.Sessions.Confirm(c, c.PostForm("current")); err != nil {
		return err
	}
	hash, err := session.HashPassword(password)
	if err != nil {
		return err
	}
	if err := h.Store.ChangePassword(c.Request.Context(), account.Actor(), account.ID, hash, false); err != nil {
		return err
	}
	return h.Sessions.Renew(c, account.ID)
}
