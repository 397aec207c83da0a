package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/static"
)

// showOpenAPI answers GET /openapi.json, the description of this package.
func (h *Handlers) showOpenAPI(c *gin.Context) {
	tag := tagOf(static.OpenAPI)
	c.Header("Cache-Control", "public, max-age=300")
	c.Header("ETag", tag)
	if matches(c.GetHeader("If-None-Match"), tag) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", static.OpenAPI)
}
