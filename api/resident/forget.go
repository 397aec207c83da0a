package resident

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"
)

// forget answers POST /s/{poster}/forget, for who filled in a form on somebody
// else's phone: the change keys of this poster's project leave it. Only those
// go that came with the request, so a page elsewhere can take nothing away. The
// poster then shows the plain form; nothing that was answered changes.
func (h *Handlers) forget(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	p, err := h.Store.Poster(c.Request.Context(), code)
	if err != nil {
		h.fail(c, p, err)
		return
	}
	var gone []string
	for _, one := range answeredHere(c, p.Tag) {
		gone = append(gone, changeName(one.Receipt))
	}
	h.dropChanges(c, func(name string) bool { return slices.Contains(gone, name) })
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, addressOf(c, "/s/"+code))
}
