package wall

import (
	"context"
	"crypto/sha256"
	"net/http"
	"regexp"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/limit"
	"meihao/api/page"
	"meihao/survey"
)

// Store is what walls read.
type Store interface {
	// OpenWall is the wall of a digest with its campaign, and whether residents
	// see the results; NotFound whatever the reason is why there is none.
	OpenWall(ctx context.Context, digest [32]byte) (survey.Wall, survey.Campaign, bool, error)
	Enrolments(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Enrolment, error)
	AreaDays(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.TurnoutDay, error)
}

// Handlers of the walls.
type Handlers struct {
	Store  Store
	Pages  *page.Pages
	Limits *limit.Limits // refuse who tries addresses that are not there; nil refuses nobody
	Now    func() time.Time
	Public string // public address of residents' pages, "https://…"

	boards boards
}

// Routes adds the one address.
func (h *Handlers) Routes(r gin.IRouter) {
	r.Match([]string{http.MethodGet, http.MethodHead}, "/wall/:token", h.show)
}

// form is that of a wall's secret; what has another is looked up nowhere.
var form = regexp.MustCompile(`^mw_[A-Z2-7]{26}$`)

// show answers GET /wall/{token}. The route is logged, and never the address:
// the token stands in it.
func (h *Handlers) show(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	c.Header("Referrer-Policy", "no-referrer")
	c.Header("X-Robots-Tag", "noindex, nofollow, noarchive")
	page.SetLanguage(c, lang.Default) // no cookie has a say
	page.SetLanguage(c, c.Query("lang"))
	b, err := h.board(c)
	switch {
	case err == nil:
		if !lang.Known(c.Query("lang")) {
			page.SetLanguage(c, b.Language)
		}
		h.showBoard(c, b)
	case survey.KindOf(err) == survey.NotFound:
		if !h.Limits.Guessed(c) {
			h.showStop(c, http.StatusNotFound, "wall.gone", "wall.gone.do")
		}
	case h.Pages.Passes(err):
		c.Header("Retry-After", "30")
		h.showStop(c, http.StatusServiceUnavailable, "wall.away", "wall.away.do")
	default:
		h.Pages.Fail(c, err)
	}
}

// board is what the wall of the request's token shows.
func (h *Handlers) board(c *gin.Context) (survey.WallBoard, error) {
	token := c.Param("token")
	if !form.MatchString(token) {
		return survey.WallBoard{}, survey.NotFoundError("error.not_found")
	}
	ctx := c.Request.Context()
	w, campaign, published, err := h.Store.OpenWall(ctx, sha256.Sum256([]byte(token)))
	if err != nil {
		return survey.WallBoard{}, err
	}
	return h.boards.of(w, campaign, published, h.Now(), func() (survey.WallBoard, error) {
		enrolments, err := h.Store.Enrolments(ctx, w.Scope, w.Campaign)
		if err != nil {
			return survey.WallBoard{}, err
		}
		days, err := h.Store.AreaDays(ctx, w.Scope, w.Campaign)
		if err != nil {
			return survey.WallBoard{}, err
		}
		return w.Board(campaign, enrolments, days, published, h.Now()), nil
	})
}

// stopView says why there is nothing to see.
type stopView struct {
	page.Frame
	Do      string
	Refresh bool // it may pass: the page tries again
}

func (h *Handlers) showStop(c *gin.Context, status int, title, do string) {
	v := stopView{Frame: page.Frame{Title: h.Pages.Text(c, title, nil)}, Do: h.Pages.Text(c, do, nil)}
	v.Refresh = status == http.StatusServiceUnavailable
	h.Pages.Show(c, status, "wall/stop", v)
}
