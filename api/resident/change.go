package resident

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// changeCookie begins the names of the cookies that keep the change keys on
// the phone that answered (RULES §1): no script sees them, and no other place
// knows them. One for each receipt, so that two answers that are acknowledged
// at once do not overwrite each other, and each lasts as long as its campaign.
const changeCookie = "mh_change_"

// mostAnswered is how many answers one phone can change: the last ones.
const mostAnswered = 6

// mostForgotten bounds how many cookies one answer takes back.
const mostForgotten = 24

// changeLength of a change key: 16 bytes in base64 for addresses.
const changeLength = 22

// mostTurns is where turns begin anew: nobody answers so often from one phone.
const mostTurns = 999_999

// answered is one answer that was sent from this phone: the receipt that names
// it and the key that changes it.
type answered struct {
	Receipt, Change string
	turn            int // larger is newer; no time is kept
}

// changeName is the cookie of a receipt.
func changeName(receipt string) string {
	return changeCookie + receipt[max(0, len(receipt)-6):]
}

// answeredOf reads the cookies, the newest answer first. Whatever else stands
// in them is left out.
func answeredOf(c *gin.Context) []answered {
	var list []answered
	for _, one := range c.Request.Cookies() {
		if !strings.HasPrefix(one.Name, changeCookie) {
			continue
		}
		if a, ok := answeredIn(one.Value); ok && one.Name == changeName(a.Receipt) && !names(list, a.Receipt) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b answered) int { return cmp.Compare(b.turn, a.turn) })
	return list[:min(len(list), mostAnswered)]
}

// answeredIn reads the value of a cookie: receipt and key in one word, and a
// dot before the turn.
func answeredIn(value string) (answered, bool) {
	word, turn, _ := strings.Cut(value, ".")
	if len(word) != survey.ReceiptLength+changeLength {
		return answered{}, false
	}
	one := answered{Receipt: word[:survey.ReceiptLength], Change: word[survey.ReceiptLength:]}
	const symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
	if !survey.CheckCode(one.Receipt, survey.ReceiptLength) || strings.Trim(one.Change, symbols) != "" {
		return answered{}, false
	}
	n, err := strconv.ParseUint(turn, 10, 32)
	if err == nil && n < mostTurns {
		one.turn = int(n)
	}
	return one, true
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
// a day after the campaign closes. Of the others the last ones stay.
func (h *Handlers) keepChange(c *gin.Context, p survey.Poster, saved survey.Saved) {
	newest, ok := answeredIn(saved.Receipt + saved.Change)
	if !ok {
		return
	}
	stay := []string{changeName(newest.Receipt)}
	for i, one := range answeredOf(c) {
		if i == 0 {
			newest.turn = one.turn + 1
		}
		if name := changeName(one.Receipt); len(stay) < mostAnswered && name != stay[0] {
			stay = append(stay, name)
		}
	}
	lasts := max(p.Campaign.Closes.Add(24*time.Hour).Sub(h.Now()), time.Hour)
	h.setChange(c, stay[0], newest.Receipt+newest.Change+"."+strconv.Itoa(newest.turn), int(lasts/time.Second))
	h.dropChanges(c, func(name string) bool { return !slices.Contains(stay, name) })
}

// dropChanges takes back the cookies whose names are to go.
func (h *Handlers) dropChanges(c *gin.Context, goes func(name string) bool) {
	var gone []string
	for _, one := range c.Request.Cookies() {
		if len(gone) < mostForgotten && strings.HasPrefix(one.Name, changeCookie) && goes(one.Name) && !slices.Contains(gone, one.Name) {
			gone = append(gone, one.Name)
			h.setChange(c, one.Name, "", -1)
		}
	}
}

func (h *Handlers) setChange(c *gin.Context, name, value string, seconds int) {
	http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // Secure follows the public address
		Name: name, Value: value, Path: "/s/", MaxAge: seconds,
		HttpOnly: true, Secure: h.SecureCookies, SameSite: http.SameSiteLaxMode,
	})
}
