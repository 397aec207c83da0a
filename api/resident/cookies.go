package resident

import (
	"crypto/rand"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

const (
	keyCookie    = "mh_key"    // submission key where there is no script
	deviceCookie = "mh_device" // random token, only where open feedback is taken
)

// newKey is a random submission key or device token: 26 symbols, 130 bits.
func newKey() string { return rand.Text() }

// cookieEnds are what stands behind the values of our cookies, written once:
// nearly every answer to a resident sets one.
type cookieEnds struct{ key, device string }

// newCookieEnds marks cookies Secure where the public address is https. The
// submission key goes to forms only; the device token lives for 30 days and
// goes to every path, since the API takes it too.
func newCookieEnds(secure bool) cookieEnds {
	return cookieEnds{key: cookieEnd("/s/", 0, secure), device: cookieEnd("/", 30*24*60*60, secure)}
}

// cookieEnd is the end of a cookie that scripts do not see.
func cookieEnd(path string, seconds int, secure bool) string {
	one := http.Cookie{ //nolint:gosec // Secure follows the public address
		Name: "name", Value: "value", Path: path, MaxAge: seconds,
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	}
	return strings.TrimPrefix(one.String(), "name=value")
}

// cookie is a cookie's value, "" for none.
func cookie(c *gin.Context, name string) string {
	value, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return value
}

// giveCookie gives a cookie a random value.
func giveCookie(c *gin.Context, name, end string) string {
	value, h := newKey(), c.Writer.Header()
	h["Set-Cookie"] = append(h["Set-Cookie"], name+"="+value+end)
	return value
}

// offerKey gives a browser without one a submission key of its own.
func (h *Handlers) offerKey(c *gin.Context) {
	if cookie(c, keyCookie) == "" {
		h.replaceKey(c)
	}
}

// replaceKey ends the life of a key whose answer was acknowledged, so that the
// next household on this phone is not taken for a retry; it returns the next.
func (h *Handlers) replaceKey(c *gin.Context) string { return giveCookie(c, keyCookie, h.ends.key) }

// offerDevice gives a browser the random token that is the claim in the open
// lane (RULES §1).
func (h *Handlers) offerDevice(c *gin.Context) {
	if cookie(c, deviceCookie) == "" {
		giveCookie(c, deviceCookie, h.ends.device)
	}
}
