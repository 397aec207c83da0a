package admin

import (
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/rubric"
)

// saveMarks saves what the reader typed into the fields of a sheet, all of it
// or nothing, and goes on to the section that the button named.
func (h *Handlers) saveMarks(c *gin.Context) error {
	activity, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return err
	}
	done := "unchanged"
	marks, err := h.typedMarks(c)
	switch {
	case err != nil:
	case len(marks) > 0:
		done = "marked"
		err = h.Store.SaveMarks(c.Request.Context(), actor(c), activity, project, marks)
	default: // is it there at all?
		_, _, err = h.Store.Sheet(c.Request.Context(), scope(c), activity, project)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderSheet(c, status, f)
	}
	if err != nil {
		return err
	}
	path := sheetPath(activity, project) + "?done=" + done
	switch next := c.PostForm("next"); next {
	case "2", "3", "4", "5":
		path += "#section-" + next
	}
	return see(c, path)
}

// typedMarks are the fields that were changed: a field that says what it
// showed is left alone, so that it cannot undo what somebody else did.
func (h *Handlers) typedMarks(c *gin.Context) ([]rubric.MarkChange, error) {
	var list []rubric.MarkChange
	wrong := survey.Fail(survey.Invalid, "error.mark.fields")
	for _, item := range h.Rubric.Items {
		points, sent := c.GetPostForm("points-" + item.ID)
		if !sent || item.Veto() {
			continue
		}
		note, seen := typed(c, "note-"+item.ID), c.PostForm("seen-"+item.ID)
		if strings.TrimSpace(points) == seen && note == typed(c, "noted-"+item.ID) {
			continue
		}
		m := rubric.MarkChange{Item: item.ID, Note: note}
		var err error
		if m.Points, err = rubric.ParseHalves(points); err != nil {
			wrong.FieldOf("points-"+item.ID, err)
		}
		if m.Seen, err = rubric.ParseHalves(seen); err != nil {
			m.Seen = nil // of nobody's making: the store compares it
		}
		if m.Points == nil && m.Seen == nil && note != "" {
			wrong.Field("points-"+item.ID, "error.mark.note_only")
		}
		list = append(list, m)
	}
	if len(wrong.Fields) > 0 {
		return nil, wrong
	}
	return list, nil
}
