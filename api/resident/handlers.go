package resident

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
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
	// FormBytes bounds the memory of rendered forms; 0 is DefaultFormBytes.
	FormBytes int
	// Opens counts the forms that are shown, for Opens.Save to write; nil
	// counts and forgets.
	Opens *Opens
	// Watch is told what is done, by nobody's name; nil is nobody.
	Watch Watch

	forms *cache
	heads formHeads
	ends  cookieEnds
}

// Routes adds the residents' addresses of DESIGN §8.
func (h *Handlers) Routes(r gin.IRouter) {
	if h.FormBytes == 0 {
		h.FormBytes = DefaultFormBytes
	}
	if h.Watch == nil {
		h.Watch = nobody{}
	}
	if h.Opens == nil {
		h.Opens = NewOpens()
	}
	h.forms, h.heads, h.ends = newCache(h.FormBytes), newFormHeads(), newCookieEnds(h.SecureCookies)
	g := r.Group("", page.RememberLanguage)
	show := []string{http.MethodGet, http.MethodHead}
	g.Match(show, "/", h.showHome)
	g.Match(show, "/s/:poster", h.showForm)
	g.POST("/s/:poster", h.sendForm)
	g.Match(show, "/s/:poster/done", h.showDone)
	g.Match(show, "/r/:receipt", h.showReceipt)
}

// addressOf is a path in the request's language: the default one goes without
// saying, the other one stays also where cookies do not.
func addressOf(c *gin.Context, path string) string {
	if language := page.Language(c); language != defaultLanguage {
		return path + "?lang=" + language
	}
	return path
}
