package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// ChangedJSON is a campaign after a step. While Pending a second person must
// confirm the same step, and nothing has changed yet.
type ChangedJSON struct {
	CampaignJSON
	Pending bool `json:"pending"`
}

// openCampaign answers POST /campaigns/{id}/open.
func (h *Handlers) openCampaign(c *gin.Context) {
	id, o, ok := h.step(c)
	reason := o.text("reason")
	if !ok || !h.understood(c, o) {
		return
	}
	campaign, err := h.Store.OpenCampaign(c.Request.Context(), actorOf(c), id, reason)
	h.showChanged(c, campaign, false, err)
}

// closeCampaign answers POST /campaigns/{id}/close.
func (h *Handlers) closeCampaign(c *gin.Context) {
	id, o, ok := h.step(c)
	reason := o.text("reason")
	if !ok || !h.understood(c, o) {
		return
	}
	campaign, err := h.Store.CloseCampaign(c.Request.Context(), actorOf(c), id, reason)
	h.showChanged(c, campaign, false, err)
}

// reopenCampaign answers POST /campaigns/{id}/reopen. The one who confirms
// may leave the new end to the one who asked.
func (h *Handlers) reopenCampaign(c *gin.Context) {
	id, o, ok := h.step(c)
	reason, closes := o.text("reason"), o.moment("closes")
	if !ok || !h.understood(c, o) {
		return
	}
	campaign, pending, err := h.Store.ReopenCampaign(c.Request.Context(), actorOf(c), id, closes, reason)
	h.showChanged(c, campaign, pending, err)
}

// sealCampaign answers POST /campaigns/{id}/seal.
func (h *Handlers) sealCampaign(c *gin.Context) {
	id, o, ok := h.step(c)
	reason, listUndecided := o.text("reason"), o.flag("list_undecided")
	if !ok || !h.understood(c, o) {
		return
	}
	campaign, pending, err := h.Store.SealCampaign(c.Request.Context(), actorOf(c), id, reason, listUndecided)
	h.showChanged(c, campaign, pending, err)
}

// step reads the campaign of the address and the body. False means that the
// refusal was sent.
func (h *Handlers) step(c *gin.Context) (survey.ID, object, bool) {
	id, err := survey.ParseID(c.Param("id"))
	var o object
	if err == nil {
		o, err = readBody(c, true)
	}
	if err != nil {
		h.fail(c, err)
		return 0, object{wrong: &survey.Error{}}, false
	}
	return id, o, true
}

// understood says whether everything in the body was known and of its type.
func (h *Handlers) understood(c *gin.Context, o object) bool {
	o.rest()
	if err := o.err(); err != nil {
		h.fail(c, err)
		return false
	}
	return true
}

func (h *Handlers) showChanged(c *gin.Context, campaign survey.Campaign, pending bool, err error) {
	if err != nil {
		h.fail(c, err)
		return
	}
	status := http.StatusOK
	if pending {
		status = http.StatusAccepted
	}
	c.JSON(status, ChangedJSON{campaignJSON(campaign, h.Now()), pending})
}
