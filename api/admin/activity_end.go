package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type activityEndView struct {
	page.Frame
	faults
	Activity survey.Activity
	Reason   string
	Path     string
}

// showActivityEnd says what ending means before it is done.
func (h *Handlers) showActivityEnd(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err == nil {
		err = a.Works(h.Now())
	}
	if err != nil {
		return err
	}
	return h.renderActivityEnd(c, http.StatusOK, a, "", faults{})
}

// endActivity ends an activity for good.
func (h *Handlers) endActivity(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	reason := typed(c, "reason")
	_, err = h.Store.EndActivity(c.Request.Context(), actor(c), a.ID, reason)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderActivityEnd(c, status, a, reason, f)
	}
	if err != nil {
		return err
	}
	return see(c, activitiesPath+"/"+a.ID.String()+"?done=activity_ended")
}

func (h *Handlers) renderActivityEnd(c *gin.Context, status int, a survey.Activity, reason string, f faults) error {
	v := activityEndView{
		Frame: h.activityFrame(c, a, "/end", h.text(c, "activity.end")), faults: f, Activity: a, Reason: reason,
		Path: activitiesPath + "/" + a.ID.String(),
	}
	h.Pages.Show(c, status, "staff/activity_end", v)
	return nil
}
