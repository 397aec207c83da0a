package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// The page answers: the sheets of which activity?
type sheetActivitiesView struct {
	page.Frame
	Activities []sheetActivity
}

type sheetActivity struct {
	survey.Activity
	Path   string
	Sheets int // in scope
	Phase  survey.ActivityPhase
}

// showSheetActivities asks which activity; of a single one it goes straight
// to the sheets.
func (h *Handlers) showSheetActivities(c *gin.Context) error {
	ctx := c.Request.Context()
	list, err := h.Store.Activities(ctx)
	if err != nil {
		return err
	}
	if len(list) == 1 {
		return see(c, sheetsPath(list[0].ID))
	}
	title := h.text(c, "sheets.title")
	v := sheetActivitiesView{Frame: h.frame(c, "sheets", title, page.Crumb{Text: title})}
	for _, one := range list {
		n, err := h.Store.CountSheets(ctx, scope(c), one.ID)
		if err != nil {
			return err
		}
		v.Activities = append(v.Activities, sheetActivity{one, sheetsPath(one.ID), n, one.Phase(h.Now())})
	}
	return h.present(c, http.StatusOK, "staff/sheets_choose", v)
}

// workbook is the list of activities.
func (v sheetActivitiesView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("sheets.activity", "sheets.phase", "#sheets.projects"),
		Rows: export.Of(v.Activities, func(a sheetActivity) []export.Cell {
			return []export.Cell{export.String(a.Name), export.String(t.say("sheets.phase." + string(a.Phase))), export.Int(a.Sheets)}
		}),
	}}}
}
