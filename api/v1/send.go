package v1

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// send answers a GET that found something, or says that nothing changed: the
// tag is made of the body, but for the moment in "as_of", and is weak for that
// reason. What a token may see is nobody else's: no proxy may keep it.
func (h *Handlers) send(c *gin.Context, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		h.fail(c, err)
		return
	}
	tag := tagOf(body)
	c.Header("Cache-Control", "private, no-cache")
	c.Header("Vary", "Authorization")
	c.Header("ETag", tag)
	if matches(c.GetHeader("If-None-Match"), tag) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", body)
}

// tagOf is the weak entity tag of a body. Where it begins with the moment as of
// which it is, that is left out.
func tagOf(body []byte) string {
	const stamp = `{"as_of":"`
	if rest, stamped := bytes.CutPrefix(body, []byte(stamp)); stamped {
		body = rest[bytes.IndexByte(rest, '"'):]
	}
	sum := sha256.Sum256(body)
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`
}

// matches says whether a tag stands in an If-None-Match header, by weak
// comparison (RFC 9110 §13.1.2).
func matches(header, tag string) bool {
	if strings.TrimSpace(header) == "*" {
		return true
	}
	for one := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(one), "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
