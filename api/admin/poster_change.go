package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// reasonOf is why a poster is changed: in own words where somebody found some,
// else one of the ready-made reasons, which are buttons. A key of the keyboard
// may press a button that nobody meant; nothing types words by itself.
func reasonOf(c *gin.Context) string {
	if other := typed(c, "other"); other != "" {
		return other
	}
	return typed(c, "reason")
}

// replacePoster retires a poster and goes on to the one that takes its place,
// which wants to be printed.
func (h *Handlers) replacePoster(c *gin.Context) error {
	next, err := h.Store.ReplacePoster(c.Request.Context(), actor(c), survey.NormalCode(c.Param("poster")), reasonOf(c))
	return h.posterChanged(c, err, "/admin/posters/"+next.Code+"?done=poster_replaced")
}

// retirePoster takes a poster out of use.
func (h *Handlers) retirePoster(c *gin.Context) error {
	code := survey.NormalCode(c.Param("poster"))
	err := h.Store.RetirePoster(c.Request.Context(), actor(c), code, reasonOf(c))
	return h.posterChanged(c, err, "/admin/posters/"+code+"?done=poster_retired")
}

// posterChanged goes on after a change, or back to the poster with what is
// wrong.
func (h *Handlers) posterChanged(c *gin.Context, err error, to string) error {
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderPoster(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, to)
}
