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

// setCookie sets a cookie that scripts do not see and that only forms get.
func (h *Handlers) setCookie(c *gin.Context, name, value string, seconds int) {
	http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // Secure follows the public address
		Name: name, Value: value, Path: "/s/", MaxAge: seconds,
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
		h.setCookie(c, keyCookie, newKey(), 0)
	}
}

// replaceKey ends the life of a key whose answer was acknowledged, so that the
// next household on this phone is not taken for a retry.
func (h *Handlers) replaceKey(c *gin.Context) { h.setCookie(c, keyCookie, newKey(), 0) }

// offerDevice gives a browser the random token that is the claim in the open
// lane (RULES §1); it lives for 30 days.
func (h *Handlers) offerDevice(c *gin.Context) {
	if cookie(c, deviceCookie) == "" {
		h.setCookie(c, deviceCookie, newKey(), 30*24*60*60)
	}
}
