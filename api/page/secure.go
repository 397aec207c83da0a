package page

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// policy allows our own files and nothing else: no inline script or style (but
// the sheets of some residents' pages by their hashes, see Pages.Styled),
// no frame, no form to elsewhere (SECURITY "Web"). Pictures may be data: for
// the QR code in a printed page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"

// Secure is middleware that sets the headers every answer has; https says
// that the public address is.
func Secure(https bool) gin.HandlerFunc {
	head := NewHead(
		"Content-Security-Policy", policy,
		"X-Content-Type-Options", "nosniff",
		"X-Frame-Options", "DENY",
		"Referrer-Policy", "no-referrer",
		"Permissions-Policy", "camera=(), microphone=(), geolocation=()",
		"Cross-Origin-Opener-Policy", "same-origin",
		"X-Robots-Tag", "noindex",
	)
	if https {
		head = append(head, NewHead("Strict-Transport-Security", "max-age=31536000")...)
	}
	return func(c *gin.Context) { head.Set(c.Writer.Header()) }
}

// dropForDocuments drops what only means something on a document: a style sheet or
// a script is fetched by a page whose own headers decide what it may do, and
// opened by itself it is text. They would be half of what it weighs.
func dropForDocuments(h http.Header) {
	for _, name := range [...]string{"Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy",
		"Cross-Origin-Opener-Policy", "X-Robots-Tag"} {
		delete(h, name)
	}
}
