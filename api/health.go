package api

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/health"
)

// alive answers /healthz: the process serves. It asks nobody, so that a
// supervisor does not restart servers because their database is away.
func (o Options) alive(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	c.String(http.StatusOK, "ok\n")
}

// ready answers /readyz: answers can be saved now, else 503 and the reason in
// one word.
func (o Options) ready(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	err := o.Ready(c.Request.Context())
	var reason health.Reason
	switch {
	case err == nil:
		c.String(http.StatusOK, "ready\n")
	case errors.As(err, &reason):
		c.String(http.StatusServiceUnavailable, "not ready: %s\n", reason)
	default:
		c.String(http.StatusServiceUnavailable, "not ready\n")
	}
}
