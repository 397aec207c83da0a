package resident

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// changeCookie keeps the change keys on the phone that answered (RULES §1):
// no script sees them, and no other place knows them.
const changeCookie = "mh_change"

// mostAnswered is how many answers one phone can change: the last ones.
const mostAnswered = 6

// changeLength of a change key: 16 bytes in base64 for addresses.
const changeLength = 22

// answered is one answer that was sent from this phone: the receipt that names
// it and the key that changes it.
type answered struct{ Receipt, Change string }

// answeredOf reads the cookie: receipt and key in one word, words joined by
// dots, the newest first. Whatever else stands in it is left out.
func answeredOf(c *gin.Context) []answered {
	value := cookie(c, changeCookie)
	var list []answered
	for value != "" && len(list) < mostAnswered {
		var word string
		word, value, _ = strings.Cut(value, ".")
		if one, ok := answeredIn(word); ok && !names(list, one.Receipt) {
			list = append(list, one)
		}
	}
	return list
}

// answeredIn reads one word of the cookie.
func answeredIn(word string) (answered, bool) {
	if len(word) != survey.ReceiptLength+changeLength {
		return answered{}, false
	}
	one := answered{word[:survey.ReceiptLength], word[survey.ReceiptLength:]}
	const symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
	ok := survey.CheckCode(one.Receipt, survey.ReceiptLength) && strings.Trim(one.Change, symbols) == ""
	return one, ok
}

// names says whether a list has an answer with this receipt.
func names(list []answered, receipt string) bool {
	return slices.ContainsFunc(list, func(one answered) bool { return one.Receipt == receipt })
}

// answeredHere are the answers that this phone gave to one enrolment, through
// whichever of its posters: receipts carry the enrolment's tag.
func answeredHere(c *gin.Context, tag uint32) []answered {
	var here []answered
	for _, one := range answeredOf(c) {
		if of, ok := survey.ReceiptTag(one.Receipt); ok && of == tag {
			here = append(here, one)
		}
	}
	return here
}

// keepChange gives this phone the change key of an acknowledged answer, until
// a day after the campaign closes.
func (h *Handlers) keepChange(c *gin.Context, p survey.Poster, saved survey.Saved) {
	newest, ok := answeredIn(saved.Receipt + saved.Change)
	if !ok {
		return
	}
	words := []string{newest.Receipt + newest.Change}
	for _, one := range answeredOf(c) {
		if one.Receipt != newest.Receipt && len(words) < mostAnswered {
			words = append(words, one.Receipt+one.Change)
		}
	}
	lasts := max(p.Campaign.Closes.Add(24*time.Hour).Sub(h.Now()), time.Hour)
	http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // Secure follows the public address
		Name: changeCookie, Value: strings.Join(words, "."), Path: "/s/", MaxAge: int(lasts / time.Second),
		HttpOnly: true, Secure: h.SecureCookies, SameSite: http.SameSiteLaxMode,
	})
}
