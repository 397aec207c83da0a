package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// stopJob cancels work that waits, or asks what runs to stop. What has ended
// meanwhile says so on its page.
func (h *Handlers) stopJob(c *gin.Context) error {
	id, err := idParam(c, "job")
	if err != nil {
		return err
	}
	err = h.Work.Stop(c.Request.Context(), actor(c), id)
	if err != nil && survey.KindOf(err) != survey.Conflict {
		return err
	}
	return see(c, jobPath(id))
}

// repeatJob lets failed or cancelled work begin once more; what is under way
// or done again by now is shown.
func (h *Handlers) repeatJob(c *gin.Context) error {
	id, err := idParam(c, "job")
	if err != nil {
		return err
	}
	_, err = h.Work.Again(c.Request.Context(), actor(c), id)
	if err != nil && survey.KindOf(err) != survey.Conflict {
		return err
	}
	return see(c, jobPath(id))
}
