package admin

import (
	"net/url"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/session"
	"meihao/survey"
)

// saveLanguage keeps the language of the account and goes back to the page.
func (h *Handlers) saveLanguage(c *gin.Context) error {
	code := typed(c, "language")
	if !lang.Known(code) {
		return survey.Fail(survey.Invalid, "error.language")
	}
	account := session.Account(c)
	if code != account.Language {
		_, err := h.Store.ChangeAccount(c.Request.Context(), account.Actor(), account.ID, func(a *survey.Account) error {
			a.Language = code
			return nil
		})
		if err != nil {
			return err
		}
	}
	back := session.LocalPath(c.PostForm("back"))
	if u, err := url.Parse(back); err != nil || u.Path == "" {
		back = "/admin"
	}
	return see(c, back)
}
