package resident

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/limit"
	"meihao/api/page"
	"meihao/survey"
)

// Store is what residents' pages read.
type Store interface {
	// Poster is what a normal, well-formed poster code leads to; UnknownPoster
	// where there is none.
	Poster(ctx context.Context, code string) (survey.Poster, error)
	// Questionnaire is immutable; NotFound where there is none.
	Questionnaire(ctx context.Context, id survey.ID) (*survey.Questionnaire, error)
	// Receipt says what became of a normal, well-formed receipt; NotFound where
	// it is not known.
	Receipt(ctx context.Context, receipt string) (survey.ReceiptStatus, error)
	// Reanswer puts other answers in place of a receipt's; NotFound for an
	// unknown receipt and a wrong change key alike, Closed and NotOpen as the
	// campaign is.
	Reanswer(ctx context.Context, r survey.Reanswer) error
	// Result is what a poster shows of its project's result, retired or not; its
	// Publication is zero while residents see none of it.
	Result(ctx context.Context, poster string) (survey.PublicResult, error)
}

// Desk saves submissions; it answers after the commit (DESIGN §4).
type Desk interface {
	Submit(ctx context.Context, s survey.Submission) survey.Saved
}

// Watch counts.
type Watch interface {
	// Submitted is told what became of each answer, however early it was
	// refused, with its request's context.
	Submitted(ctx context.Context, saved survey.Saved)
	// Page is told of each form that is served, cached or rendered for it.
	Page(cached bool)
}

// nobody watches.
type nobody struct{}

func (nobody) Submitted(context.Context, survey.Saved) {}
func (nobody) Page(bool)                               {}

const defaultLanguage = lang.Default

// Handlers of the residents' pages.
type Handlers struct {
	Store Store
	Desk  Desk
	Pages *page.Pages
	Now   func() time.Time
	// SecureCookies marks cookies Secure: the public address is https.
	SecureCookies bool
	// PageBytes bounds the memory of rendered pages; 0 is DefaultPageBytes.
	PageBytes int
	// Opens counts the forms that are shown, for Opens.Save to write; nil
	// counts and forgets.
	Opens *Opens
	// Limits refuse who tries receipts and poster codes that are not there; nil
	// refuses nobody.
	Limits *limit.Limits
	// Privacy names who answers for residents' data; empty fields are taken
	// from the campaign.
	Privacy Privacy
	// Watch is told what is done, by nobody's name; nil is nobody.
	Watch Watch

	cache  *cache
	parts  parts
	packer page.Packer
	heads  pageHeads
	ends   cookieEnds
}

// Routes adds the residents' addresses of DESIGN §8.
func (h *Handlers) Routes(r gin.IRouter) {
	if h.PageBytes == 0 {
		h.PageBytes = DefaultPageBytes
	}
	if h.Watch == nil {
		h.Watch = nobody{}
	}
	if h.Opens == nil {
		h.Opens = NewOpens()
	}
	h.cache, h.heads, h.ends = newCache(h.PageBytes), newPageHeads(), newCookieEnds(h.SecureCookies)
	g := r.Group("", page.RememberLanguage, page.RememberSize)
	show := []string{http.MethodGet, http.MethodHead}
	g.Match(show, "/", h.showHome)
	g.Match(show, "/s/:poster", h.showForm)
	g.POST("/s/:poster", h.sendForm)
	g.Match(show, "/s/:poster/again", h.showAgain)
	g.POST("/s/:poster/again", h.sendAgain)
	g.POST("/s/:poster/forget", h.forget)
	g.Match(show, "/s/:poster/privacy", h.showPosterPrivacy)
	g.Match(show, "/privacy", h.showPrivacy)
	g.Match(show, "/s/:poster/done", h.showDone)
	g.Match(show, "/r/:receipt", h.showReceipt)
	g.Match(show, "/p/:poster", h.showResult)
}
