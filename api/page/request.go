package page

import (
	"crypto/rand"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
)

const (
	languageKey  = "page.language"
	requestKey   = "page.request"
	areaKey      = "page.area"
	languageName = "lang" // query parameter and cookie
)

// The areas decide the face of an error: a page of the residents', a page of
// the staff, or JSON.
const (
	ResidentArea = "resident"
	StaffArea    = "staff"
	JSONArea     = "json"
)

// Area is middleware that says to which area the routes after it belong.
func Area(area string) gin.HandlerFunc {
	return func(c *gin.Context) { c.Set(areaKey, area) }
}

// Identify is middleware that gives each request a random id, for the log and
// for the person who sees an error.
func Identify(c *gin.Context) {
	id := rand.Text()[:10]
	c.Set(requestKey, id)
	c.Header("X-Request-Id", id)
}

// RequestID is the request's id.
func RequestID(c *gin.Context) string { return c.GetString(requestKey) }

// Language is the request's language: what was set for it (the account's),
// else ?lang=, else the cookie, else Chinese.
func Language(c *gin.Context) string {
	if code := c.GetString(languageKey); code != "" {
		return code
	}
	if code := c.Query(languageName); lang.Known(code) {
		return code
	}
	if code, err := c.Cookie(languageName); err == nil && lang.Known(code) {
		return code
	}
	return lang.Default
}

// SetLanguage decides the language of the rest of the request.
func SetLanguage(c *gin.Context, code string) {
	if lang.Known(code) {
		c.Set(languageKey, code)
	}
}

// RememberLanguage keeps a language that was asked for by address in a cookie
// (a preference, not personal: readable by script, a year).
func RememberLanguage(c *gin.Context) {
	if code := c.Query(languageName); lang.Known(code) {
		http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // a preference; plain where the address is
			Name: languageName, Value: code, Path: "/", MaxAge: 365 * 24 * 60 * 60, SameSite: http.SameSiteLaxMode,
		})
	}
}
