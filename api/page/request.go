package page

import (
	"math/rand/v2"

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

// RequestID is the request's random id, for the log and for the person who
// sees an error. It is made when it is first asked for and stands in the
// answer's headers from then on: an answer that nobody logs and nobody
// complains about needs none.
func RequestID(c *gin.Context) string {
	head := c.Writer.Header()
	if known := head[requestHeader]; known != nil {
		return known[0]
	}
	var id [10]byte
	for i, bits := 0, rand.Uint64(); i < len(id); i++ { //nolint:gosec // tells requests apart, protects nothing
		id[i] = requestSymbols[bits&31]
		bits >>= 5
	}
	made := string(id[:])
	head[requestHeader] = []string{made}
	return made
}

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
		rememberFor(c, languageName, code)
	}
}

// ChooseLanguage decides the language of the rest of the request and
// remembers it. Unknown ones change nothing.
func ChooseLanguage(c *gin.Context, code string) {
	if lang.Known(code) {
		SetLanguage(c, code)
		rememberFor(c, languageName, code)
	}
}
