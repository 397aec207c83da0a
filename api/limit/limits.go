package limit

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// Settings of the limits.
type Settings struct {
	Pages   Rate // of pages and assets
	Guesses Rate // of receipts and poster codes that are not known
	// Proxies are those that may say whom they forward for. One that does not
	// say it is not counted, and neither is this machine, where a proxy may run
	// that nobody named: all residents would be one address.
	Proxies []netip.Prefix
	Now     func() time.Time
}

// Limits refuse what one address asks for too much. A nil one refuses nothing.
type Limits struct {
	pages   *page.Pages
	asked   *Counter
	guessed *Counter
	proxies []netip.Prefix
	refused refusals
}

// New makes limits that nobody has come near yet.
func New(pages *page.Pages, s Settings) *Limits {
	return &Limits{pages: pages, asked: NewCounter(s.Pages, s.Now), guessed: NewCounter(s.Guesses, s.Now), proxies: s.Proxies}
}

// Pages is middleware that limits looking: pages and files of residents, and
// addresses that lead nowhere. Answers are never limited by address, since a
// building shares one (SECURITY), staff and systems have limits of their own,
// and who watches over the server may look as often as it likes.
func (l *Limits) Pages(c *gin.Context) {
	if l == nil || !looks(c) {
		return
	}
	if wait := l.take(c, l.asked); wait > 0 {
		l.refuse(c, "limit.pages", wait)
	}
}

// looks says whether a request only looks, and at what is everybody's.
func looks(c *gin.Context) bool {
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		return false
	}
	route := c.FullPath()
	for _, apart := range [...]string{"/admin", "/api/", "/healthz", "/readyz"} {
		if strings.HasPrefix(route, apart) {
			return false
		}
	}
	return true
}

// Guessed counts a well-formed receipt or poster code that leads nowhere, for
// a handler that has looked it up and is about to say so. True means that its
// address guessed too often and has been answered so: only requests that fail
// are refused, a code that is right never is. Typing errors do not come here,
// the check symbol finds each of them.
func (l *Limits) Guessed(c *gin.Context) bool {
	if l == nil || c.Request.Method == http.MethodPost {
		return false
	}
	wait := l.take(c, l.guessed)
	if wait > 0 {
		l.refuse(c, "limit.guesses", wait)
	}
	return wait > 0
}

// take counts for the client's address, as far as it is known and counted.
func (l *Limits) take(c *gin.Context, counter *Counter) time.Duration {
	address, known := l.address(c)
	if !known {
		return 0
	}
	return counter.Take(address)
}

// address is the client's: the peer's, or where that is a trusted proxy the one
// it forwards for (gin's ClientIP). What anybody else says in a header changes
// nothing, and where nobody is trusted no header is looked at. It is not known
// where all that is left is a trusted proxy itself (it said nothing, or nothing
// that is an address) or this machine.
func (l *Limits) address(c *gin.Context) (netip.Addr, bool) {
	a, err := l.client(c)
	if a = a.Unmap(); err != nil || a.IsLoopback() {
		return a, false
	}
	for _, p := range l.proxies {
		if p.Contains(a) {
			return a, false
		}
	}
	return a, true
}

func (l *Limits) client(c *gin.Context) (netip.Addr, error) {
	if len(l.proxies) > 0 {
		return netip.ParseAddr(c.ClientIP())
	}
	peer, err := netip.ParseAddrPort(c.Request.RemoteAddr)
	return peer.Addr(), err
}

// Of a short wait a person is told a little more, so that not all come back in
// the same second; of a long one the limit knows no better than this.
const (
	shortest = 5 * time.Second
	longest  = 10 * time.Minute
)

// refuse answers 429 in the face and the language that were asked for.
func (l *Limits) refuse(c *gin.Context, key string, wait time.Duration) {
	seconds := int(math.Ceil(min(max(wait, shortest), longest).Seconds()))
	c.Header("Retry-After", strconv.Itoa(seconds))
	c.Abort()
	c.Header("Cache-Control", "no-store")
	if strings.HasPrefix(c.Request.URL.Path, "/api/") || page.WantsJSON(c) {
		c.JSON(http.StatusTooManyRequests, page.ErrorJSON{Code: string(survey.Busy), Message: l.pages.Text(c, key, nil)})
		return
	}
	body, err := l.refused.page(l.pages, c, key)
	if err != nil {
		l.pages.Fail(c, err)
		return
	}
	c.Data(http.StatusTooManyRequests, "text/html; charset=utf-8", body)
}
