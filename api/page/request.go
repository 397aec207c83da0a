package page

import (
	"math/rand/v2"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
)

const (
	languageKey  = "page.language"
	languageName = "lang" // query parameter and cookie
)

const (
	requestHeader  = "X-Request-Id" // canonical
	requestSymbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

// Identify is middleware that gives each request a random id, for the log and
// for the person who sees an error. It stands in the answer's headers and
// nowhere else.
func Identify(c *gin.Context) {
	var id [10]byte
	for i, bits := 0, rand.Uint64(); i < len(id); i++ { //nolint:gosec // tells requests apart, protects nothing
		id[i] = requestSymbols[bits&31]
		bits >>= 5
	}
	c.Writer.Header()[requestHeader] = []string{string(id[:])}
}

// RequestID is the request's id.
func RequestID(c *gin.Context) string { return c.Writer.Header().Get(requestHeader) }

// Language is the request's language: what was set for it (the account's),
// else ?lang=, else the cookie, else Chinese.
func Language(c *gin.Context) string {
	if code := c.GetString(languageKey); code != "" {
		return code
	}
	if code := asked(c); lang.Known(code) {
		return code
	}
	if code, err := c.Cookie(languageName); err == nil && lang.Known(code) {
		return code
	}
	return lang.Default
}

// asked is the language in the address. Most addresses have no query, and
// parsing none would make its map all the same.
func asked(c *gin.Context) string {
	if c.Request.URL.RawQuery == "" {
		return ""
	}
	return c.Query(languageName)
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
	if code := asked(c); lang.Known(code) {
		http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // a preference; plain where the address is
			Name: languageName, Value: code, Path: "/", MaxAge: 365 * 24 * 60 * 60, SameSite: http.SameSiteLaxMode,
		})
	}
}
