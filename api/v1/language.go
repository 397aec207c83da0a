package v1

import (
	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"meihao/api/lang"
	"meihao/api/page"
)

// speak decides the language of messages: ?lang=, else Accept-Language, else
// Chinese. Cookies have no say here. It is asked only where there is
// something to say, since matching costs more than reading a whole answer.
func speak(c *gin.Context) {
	if code := c.Query("lang"); lang.Known(code) {
		page.SetLanguage(c, code)
		return
	}
	page.SetLanguage(c, spoken(c.GetHeader("Accept-Language")))
}

// spoken is the best of our languages for an Accept-Language header.
func spoken(header string) string {
	codes := lang.Languages()
	tags := make([]language.Tag, len(codes))
	for i, code := range codes {
		tags[i] = language.Make(code)
	}
	_, i := language.MatchStrings(language.NewMatcher(tags), header)
	return codes[i]
}
