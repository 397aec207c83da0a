package resident

import (
	"crypto/rand"
	"net/http"

	"github.com/gin-gonic/gin"
)

const (
	keyCookie    = "mh_key"    // submission key where there is no script
	deviceCookie = "mh_device" // random token, only where open feedback is taken
)

// newKey is a random submission key or device token: 26 symbols, 130 bits.
func newKey() string { return rand.Text() }

// setKey sets the submission key, which only forms get.
func (h *Handlers) setKey(c *gin.Context, key string) { h.setCookie(c, keyCookie, key, "/s/", 0) }

// setCookie sets a cookie that scripts do not see.
func (h *Handlers) setCookie(c *gin.Context, name, value, path string, seconds int) {
	http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // Secure follows the public address
		Name: name, Value: value, Path: path, MaxAge: seconds,
		HttpOnly: true, Secure: h.SecureCookies, SameSite: http.SameSiteLaxMode,
	})
}

// cookie is a cookie's value, "" for none.
func cookie(c *gin.Context, name string) string {
	value, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return value
}

// offerKey gives a browser without one a submission key of its own.
func (h *Handlers) offerKey(c *gin.Context) {
	if cookie(c, keyCookie) == "" {
		h.setKey(c, newKey())
	}
}

// replaceKey ends the life of a key whose answer was acknowledged, so that the
// next household on this phone is not taken for a retry.
func (h *Handlers) replaceKey(c *gin.Context) { h.setKey(c, newKey()) }

// offerDevice gives a browser the random token that is the claim in the open
// lane (RULES §1); it lives for 30 days. The API takes it too, so it goes to
// every path.
func (h *Handlers) offerDevice(c *gin.Context) {
	if cookie(c, deviceCookie) == "" {
		h.setCookie(c, deviceCookie, newKey(), "/", 30*24*60*60)
	}
}
