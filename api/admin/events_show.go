package admin

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type eventsView struct {
	page.Frame
	Events []survey.Event
	Older  string // address of the next page, "" at the end
	Newest bool
	before int64 // the events are those of lower numbers, 0 for the newest
}

// showEvents lists the audit record, newest first.
func (h *Handlers) showEvents(c *gin.Context) error {
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64) // none: the newest
	events, err := h.Store.Events(c.Request.Context(), max(0, before), perPage+1)
	if err != nil {
		return err
	}
	title := h.text(c, "events.title")
	v := eventsView{Frame: h.frame(c, "events", title, page.Crumb{Text: title}), Events: events, Newest: before <= 0, before: max(0, before)}
	if len(events) > perPage {
		v.Events = events[:perPage]
		v.Older = query(c, "before", strconv.FormatInt(v.Events[perPage-1].Number, 10))
	}
	return h.present(c, http.StatusOK, "staff/events", v)
}
