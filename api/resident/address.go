package resident

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
)

// addressOf is a path in the request's language and size: the default ones go
// without saying, the others stay also where cookies do not.
func addressOf(c *gin.Context, path string) string { return addressWith(c, path, "") }

// addressWith is addressOf with a query of its own behind.
func addressWith(c *gin.Context, path, query string) string {
	chosen := ""
	if language := page.Language(c); language != defaultLanguage {
		chosen = "lang=" + language
	}
	if size := page.SizeOf(c); size != "" {
		chosen = joined(chosen, "size="+size)
	}
	if query = joined(chosen, query); query == "" {
		return path
	}
	return path + "?" + query
}

// joined joins two parts of a query, either of which may be empty.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "&" + b
}

// doneAddress is where an acknowledged answer leads.
func doneAddress(c *gin.Context, code, receipt string) string {
	return addressWith(c, "/s/"+code+"/done", "receipt="+receipt)
}

// anotherHome asks for the form itself on a phone that has answered: another
// home is to answer from it.
const anotherHome = "another"

// formAddress is where the form is, also for a phone that has answered.
func formAddress(c *gin.Context, code string, answered bool) string {
	if answered {
		return addressWith(c, "/s/"+code, "home="+anotherHome)
	}
	return addressOf(c, "/s/"+code)
}

// forgetAddress takes from this phone what changes its answers to a poster.
func forgetAddress(c *gin.Context, code string) string { return addressOf(c, "/s/"+code+"/forget") }

// againAddress is the blank form that replaces the answers of a receipt.
func againAddress(c *gin.Context, code, receipt string) string {
	return addressWith(c, "/s/"+code+"/again", "receipt="+receipt)
}
