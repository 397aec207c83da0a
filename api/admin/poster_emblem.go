package admin

import (
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/poster"
	"meihao/survey"
)

// sendEmblem sends the emblem of a campaign's posters: a PNG that we drew. Its
// address changes with it, so that a browser may keep it for a while.
func (h *Handlers) sendEmblem(c *gin.Context) error {
	id, err := idParam(c, "campaign")
	if err != nil {
		return err
	}
	png, err := h.Store.Emblem(c.Request.Context(), scope(c), id)
	if err != nil {
		return err
	}
	if png == nil {
		return survey.NotFoundError("error.not_found")
	}
	c.Header("Cache-Control", "private, max-age=600")
	c.Data(http.StatusOK, "image/png", png)
	return nil
}

// saveEmblem reads a picture, draws it anew and keeps that.
func (h *Handlers) saveEmblem(c *gin.Context) error {
	campaign, err := h.ownCampaign(c)
	if err != nil {
		return err
	}
	png, err := h.emblemUpload(c)
	if err == nil {
		err = h.Store.ChangeEmblem(c.Request.Context(), actor(c), campaign.ID, png)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		if f.Fields == nil {
			f.Fields = map[string]string{"emblem": f.Message}
		}
		words, err := h.Store.PosterWords(c.Request.Context(), scope(c), campaign.ID)
		if err != nil {
			return err
		}
		return h.renderPosterWords(c, status, campaign, words, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"/poster?done=emblem")
}

// emblemUpload is the picture that was sent, drawn anew.
func (h *Handlers) emblemUpload(c *gin.Context) ([]byte, error) {
	file, header, err := c.Request.FormFile("emblem")
	if errors.Is(err, http.ErrMissingFile) {
		return nil, survey.Fail(survey.Invalid, "error.emblem.missing")
	}
	if err != nil {
		return nil, survey.Fail(survey.Invalid, "error.emblem.kind")
	}
	defer file.Close()
	if header.Size > poster.MostEmblemBytes {
		return nil, survey.Fail(survey.TooLarge, "error.emblem.bytes", "MB", poster.MostEmblemBytes>>20)
	}
	data, err := io.ReadAll(io.LimitReader(file, poster.MostEmblemBytes+1))
	if err != nil {
		return nil, survey.Fail(survey.Invalid, "error.emblem.kind")
	}
	return h.easel.Emblem(c.Request.Context(), data)
}

// removeEmblem takes the emblem away.
func (h *Handlers) removeEmblem(c *gin.Context) error {
	campaign, err := h.ownCampaign(c)
	if err != nil {
		return err
	}
	if err := h.Store.ChangeEmblem(c.Request.Context(), actor(c), campaign.ID, nil); err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"/poster?done=emblem_removed")
}
