package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/session"
	"meihao/survey"
)

// disableAccount ends an account's sessions and lets it in no more.
func (h *Handlers) disableAccount(c *gin.Context) error { return h.switchAccount(c, true, "disabled") }

// enableAccount lets an account in again.
func (h *Handlers) enableAccount(c *gin.Context) error { return h.switchAccount(c, false, "enabled") }

func (h *Handlers) switchAccount(c *gin.Context, disabled bool, done string) error {
	id, err := idParam(c, "account")
	if err != nil {
		return err
	}
	if disabled && id == actor(c).Account {
		err = survey.Fail(survey.Conflict, "error.account.own")
	} else {
		_, err = h.Store.ChangeAccount(c.Request.Context(), actor(c), id, func(a *survey.Account) error {
			a.Disabled = disabled
			return nil
		})
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderAccounts(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/accounts?done="+done)
}

// saveOneTime gives an account a new one-time password and shows it, this
// once. Its sessions end.
func (h *Handlers) saveOneTime(c *gin.Context) error {
	id, err := idParam(c, "account")
	if err != nil {
		return err
	}
	if id == actor(c).Account {
		return see(c, "/admin/password")
	}
	account, err := h.Store.Account(c.Request.Context(), id)
	if err != nil {
		return err
	}
	password := session.OneTimePassword()
	hash, err := session.HashPassword(password)
	if err != nil {
		return err
	}
	if err := h.Store.ChangePassword(c.Request.Context(), actor(c), id, hash, true); err != nil {
		return err
	}
	h.renderOneTime(c, account, password, false)
	return nil
}
