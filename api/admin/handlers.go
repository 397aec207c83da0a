package admin

import (
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/denied"
	"meihao/api/page"
	"meihao/api/poster"
	"meihao/api/session"
	"meihao/survey"
	"meihao/survey/evidence"
	"meihao/survey/rubric"
	"meihao/survey/work"
)

// Handlers of the staff's pages.
type Handlers struct {
	Store    Store
	Pages    *page.Pages
	Sessions *session.Sessions
	Now      func() time.Time
	Public   string // public address of residents' pages, "https://…"
	Rubric   *rubric.Rubric
	Guide    *rubric.Guide
	Lexicon  survey.Lexicon   // themes of comments where nobody changed them
	Work     *work.Runner     // what goes on without its page; Register adds our kinds to it
	Patience time.Duration    // how long a page waits for work before it shows its progress; 0 is 0.7 s
	Refusals *denied.Recorder // nil records none
	Demo     bool             // everything shown is a demonstration

	exports slots        // for workbooks that are being made
	easel   poster.Easel // on which emblems are drawn
	files   evidence.Reader
}

// handle is a handler that leaves its error to the one place that shows it.
type handle func(c *gin.Context) error

// Route is one way into the staff's pages and what one must be allowed to
// take it.
type Route struct {
	Method, Path string
	Action       survey.Action
	Handler      gin.HandlerFunc

	show handle // what Handler shows, for who does it without a request
}

// do runs a handler and shows its error.
func (h *Handlers) do(f handle) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h.exported(f)(c); err != nil {
			h.Pages.Fail(c, err)
		}
	}
}

// actor is who is signed in.
func actor(c *gin.Context) survey.Actor { return session.Account(c).Actor() }

// scope is what the actor sees.
func scope(c *gin.Context) survey.Scope { return session.Account(c).Scope }

// may says whether the actor is allowed an action: for what a page offers.
func may(c *gin.Context, a survey.Action) bool { return session.Account(c).Role.May(a) }

// idParam reads an id of the path.
func idParam(c *gin.Context, name string) (survey.ID, error) { return survey.ParseID(c.Param(name)) }

// campaignOf loads the campaign of the path, as the actor may see it.
func (h *Handlers) campaignOf(c *gin.Context) (survey.Campaign, error) {
	id, err := idParam(c, "campaign")
	if err != nil {
		return survey.Campaign{}, err
	}
	return h.Store.Campaign(c.Request.Context(), scope(c), id)
}
