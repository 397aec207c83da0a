package v1

import (
	"crypto/sha256"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

const (
	actorKey    = "v1.actor"
	tokenPrefix = "mh_"
	mostToken   = 200 // bytes; ours are far shorter
)

// allow is middleware that lets an actor with a valid bearer token and the
// action pass, and nobody else.
func (h *Handlers) allow(action survey.Action) gin.HandlerFunc {
	return func(c *gin.Context) {
		actor, err := h.actor(c)
		c.Set(actorKey, actor)
		if err == nil && !actor.Role.May(action) {
			err = survey.Fail(survey.Forbidden, "error.forbidden")
		}
		if err != nil {
			h.fail(c, err)
			return
		}
		h.tooOften(c)
	}
}

// actor is who acts with the request's token.
func (h *Handlers) actor(c *gin.Context) (survey.Actor, error) {
	scheme, token := bearer(c)
	if !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(token, tokenPrefix) || len(token) > mostToken {
		return survey.Actor{}, survey.Fail(survey.Unauthorized, "error.unauthorized")
	}
	return h.Store.TokenActor(c.Request.Context(), sha256.Sum256([]byte(token)))
}

// bearer is the scheme and the token of a request.
func bearer(c *gin.Context) (scheme, token string) {
	scheme, token, _ = strings.Cut(c.GetHeader("Authorization"), " ")
	return scheme, strings.TrimSpace(token)
}

// tooOften counts a valid token's reading and answers one that has read too
// often; what changes something is never limited.
func (h *Handlers) tooOften(c *gin.Context) {
	if h.Reads == nil || c.Request.Method != http.MethodGet {
		return
	}
	_, token := bearer(c)
	wait := h.Reads.TakeToken(sha256.Sum256([]byte(token)))
	if wait <= 0 {
		return
	}
	c.Header("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	c.Abort()
	speak(c)
	h.Pages.ShowError(c, page.ErrorView{Status: http.StatusTooManyRequests, Kind: survey.Busy, Message: h.Pages.Text(c, "limit.token", nil)})
}

// actorOf is who acts; nobody before the token was read.
func actorOf(c *gin.Context) survey.Actor {
	actor, _ := c.Value(actorKey).(survey.Actor)
	return actor
}

// fail answers with the error's JSON and status.
func (h *Handlers) fail(c *gin.Context, err error) {
	if survey.KindOf(err) == survey.Unauthorized {
		c.Header("WWW-Authenticate", `Bearer realm="meihao"`)
	}
	speak(c)
	h.Pages.Fail(c, err)
}
