package admin

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

type tokensView struct {
	page.Frame
	All    bool // of all accounts
	Tokens []tokenLine
}

type tokenLine struct {
	survey.Token
	Over bool // expired
	Path string
}

// showTokens lists the tokens that still are, or were until they expired.
func (h *Handlers) showTokens(c *gin.Context) error {
	tokens, err := h.Store.Tokens(c.Request.Context(), actor(c))
	if err != nil {
		return err
	}
	title := h.text(c, "tokens.title")
	v := tokensView{Frame: h.frame(c, "tokens", title, page.Crumb{Text: title}), All: actor(c).Role == survey.Administrator}
	for _, t := range tokens {
		v.Tokens = append(v.Tokens, tokenLine{t, t.Expired(h.Now()), tokensPath + "/" + t.ID.String()})
	}
	return h.present(c, http.StatusOK, "staff/tokens", v)
}

// workbook is the list of tokens, of which only the digests are known.
func (v tokensView) workbook(t teller) workbook {
	hour := func(at time.Time, none string) export.Cell {
		if at.IsZero() {
			return export.String(t.say(none))
		}
		return export.Time(at)
	}
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("token.name", "token.account", "account.role", "account.scope", "@token.expires", "@token.used", "@token.added",
			"account.state"),
		Rows: export.Of(v.Tokens, func(one tokenLine) []export.Cell {
			state, scope := "token.valid", one.ScopeName
			if one.Over {
				state = "token.over"
			}
			if scope == "" {
				scope = t.say("scope.city")
			}
			return []export.Cell{export.String(one.Name), export.String(one.AccountName), export.String(t.say("role." + string(one.Role))),
				export.String(scope), hour(one.Expires, "token.endless"), hour(one.Used, "token.unused"), export.Time(one.Added),
				export.String(t.say(state))}
		}),
	}}}
}

// tokenOf is a token of the path that the actor may revoke.
func (h *Handlers) tokenOf(c *gin.Context) (survey.Token, error) {
	id, err := idParam(c, "token")
	if err != nil {
		return survey.Token{}, err
	}
	tokens, err := h.Store.Tokens(c.Request.Context(), actor(c))
	if err != nil {
		return survey.Token{}, err
	}
	for _, t := range tokens {
		if t.ID == id {
			return t, nil
		}
	}
	return survey.Token{}, survey.NotFoundError("error.not_found")
}

// showTokenEnd says what will happen before a token is revoked.
func (h *Handlers) showTokenEnd(c *gin.Context) error {
	t, err := h.tokenOf(c)
	if err != nil {
		return err
	}
	title := h.text(c, "token.revoke")
	path := tokensPath + "/" + t.ID.String() + "/revoke"
	v := revokeView{
		Frame:    h.frame(c, "tokens", title, page.Crumb{Text: h.text(c, "tokens.title"), Path: tokensPath}, page.Crumb{Text: title}),
		Question: h.text(c, "token.revoke.question", "Name", t.Name), Note: h.text(c, "token.revoke.note"), Button: h.text(c, "token.revoke.do"),
		Facts: []fact{
			h.fact(c, "token.account", t.AccountName), h.fact(c, "account.role", h.text(c, "role."+string(t.Role))),
			h.fact(c, "account.scope", h.placeOf(c, t.ScopeName)), h.fact(c, "token.used", h.momentOf(c, t.Used, "token.unused")),
		},
		Action: path, Back: tokensPath,
	}
	h.Pages.Show(c, http.StatusOK, "staff/revoke", v)
	return nil
}

// revokeToken ends a token for good.
func (h *Handlers) revokeToken(c *gin.Context) error {
	id, err := idParam(c, "token")
	if err == nil {
		err = h.Store.RevokeToken(c.Request.Context(), actor(c), id)
	}
	if err != nil {
		return err
	}
	return see(c, tokensPath+"?done=token_revoked")
}
