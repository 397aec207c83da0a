package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type accountsView struct {
	page.Frame
	faults
	Accounts []accountRow
}

type accountRow struct {
	survey.Account
	Own  bool
	Path string
}

// showAccounts lists all accounts.
func (h *Handlers) showAccounts(c *gin.Context) error {
	return h.renderAccounts(c, http.StatusOK, faults{})
}

func (h *Handlers) renderAccounts(c *gin.Context, status int, f faults) error {
	accounts, err := h.Store.Accounts(c.Request.Context())
	if err != nil {
		return err
	}
	title := h.text(c, "accounts.title")
	v := accountsView{Frame: h.frame(c, "accounts", title, page.Crumb{Text: title}), faults: f}
	v.Path = "/admin/accounts"
	for _, a := range accounts {
		v.Accounts = append(v.Accounts, accountRow{a, a.ID == actor(c).Account, "/admin/accounts/" + a.ID.String()})
	}
	return h.present(c, status, "staff/accounts", v)
}
