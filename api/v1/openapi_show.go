package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/static"
)

// showOpenAPI answers GET /openapi.json, the description of this package.
func (h *Handlers) showOpenAPI(c *gin.Context) {
	c.Header("Cache-Control", "public, max-age=300")
	c.Data(http.StatusOK, "application/json; charset=utf-8", static.OpenAPI)
}
