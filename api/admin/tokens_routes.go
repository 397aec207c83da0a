package admin

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

const tokensPath = "/admin/tokens"

// tokenStore is what tokens for systems need.
type tokenStore interface {
	Tokens(ctx context.Context, actor survey.Actor) ([]survey.Token, error)
	AddToken(ctx context.Context, actor survey.Actor, t survey.Token, digest [32]byte) (survey.Token, error)
	RevokeToken(ctx context.Context, actor survey.Actor, id survey.ID) error
}

// tokenRoutes are the pages of tokens: everybody has their own, administrators
// see all.
func (h *Handlers) tokenRoutes(get, post route) {
	get(tokensPath, survey.ManageTokens, h.showTokens)
	get(tokensPath+"/new", survey.ManageTokens, h.showNewToken)
	post(tokensPath+"/new", survey.ManageTokens, h.saveNewToken)
	get(tokensPath+"/:token/revoke", survey.ManageTokens, h.showTokenEnd)
	post(tokensPath+"/:token/revoke", survey.ManageTokens, h.revokeToken)
}

// revokeView asks once before something ends for good.
type revokeView struct {
	page.Frame
	Question, Note, Button string
	Facts                  []fact
	Action, Back           string // addresses
}

// fact is a name and what it is.
type fact struct{ Name, Text string }

// fact says something of what is to end.
func (h *Handlers) fact(c *gin.Context, key, text string) fact { return fact{h.text(c, key), text} }

// placeOf names a scope: its place, or the whole city.
func (h *Handlers) placeOf(c *gin.Context, name string) string {
	if name == "" {
		return h.text(c, "scope.city")
	}
	return name
}

// momentOf is a moment in words, or those of a key for none.
func (h *Handlers) momentOf(c *gin.Context, at time.Time, none string) string {
	if at.IsZero() {
		return h.text(c, none)
	}
	return page.Moment(page.Language(c), at)
}
