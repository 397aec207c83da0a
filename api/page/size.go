package page

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

const (
	sizeKey  = "page.size"
	sizeName = "size" // query parameter and cookie
)

// usualSize is what the usual size is called where one is asked for by name:
// without a name nobody could go back to it.
const usualSize = "m"

// SizeOf is the size of type (UX "Resident pages" 4): what was set for the
// request, else ?size=, else the cookie; "" for the usual one, "l" or "xl".
func SizeOf(c *gin.Context) string {
	if size := c.GetString(sizeKey); size != "" {
		return sizeCalled(size)
	}
	if size := askedSize(c); knownSize(size) {
		return sizeCalled(size)
	}
	size, _ := c.Cookie(sizeName) // none is the usual size
	return sizeCalled(size)
}

// knownSize says whether a size may be asked for by this name.
func knownSize(size string) bool { return size == usualSize || size == "l" || size == "xl" }

// sizeCalled is the size of a name, the usual one for any other.
func sizeCalled(name string) string {
	if name == "l" || name == "xl" {
		return name
	}
	return ""
}

// askedSize is the size in the address, "" for none.
func askedSize(c *gin.Context) string {
	if c.Request.URL.RawQuery == "" {
		return ""
	}
	return c.Query(sizeName)
}

// RememberSize keeps a size that was asked for by address, as RememberLanguage
// keeps a language.
func RememberSize(c *gin.Context) {
	if size := askedSize(c); knownSize(size) {
		rememberFor(c, sizeName, size)
	}
}

// ChooseSize decides the size of the rest of the request and remembers it.
// Other names than "m", "l" and "xl" change nothing.
func ChooseSize(c *gin.Context, size string) {
	if knownSize(size) {
		c.Set(sizeKey, size)
		rememberFor(c, sizeName, size)
	}
}

// rememberFor keeps a preference for a year. It is nothing personal: scripts
// may read it, and it is plain where the address is.
func rememberFor(c *gin.Context, name, value string) {
	http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // a preference; plain where the address is
		Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 60 * 60, SameSite: http.SameSiteLaxMode,
	})
}
