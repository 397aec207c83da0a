package v1

import (
	"crypto/sha256"
	"strings"

	"github.com/gin-gonic/gin"

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
		if err == nil && !actor.Role.May(action) {
			err = survey.Fail(survey.Forbidden, "error.forbidden")
		}
		if err != nil {
			h.fail(c, err)
			return
		}
		c.Set(actorKey, actor)
	}
}

// actor is who acts with the request's token.
func (h *Handlers) actor(c *gin.Context) (survey.Actor, error) {
	scheme, token, _ := strings.Cut(c.GetHeader("Authorization"), " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(token, tokenPrefix) || len(token) > mostToken {
		return survey.Actor{}, survey.Fail(survey.Unauthorized, "error.unauthorized")
	}
	return h.Store.TokenActor(c.Request.Context(), sha256.Sum256([]byte(token)))
}

// actorOf is who was allowed to pass.
func actorOf(c *gin.Context) survey.Actor {
	actor, _ := c.MustGet(actorKey).(survey.Actor)
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
