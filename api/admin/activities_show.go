package admin

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

type activitiesView struct {
	page.Frame
	Activities []activityLine
	MayAdd     bool
}

type activityLine struct {
	survey.Activity
	Word word
	Path string
}

// showActivities lists all activities, the newest year first.
func (h *Handlers) showActivities(c *gin.Context) error {
	list, err := h.Store.Activities(c.Request.Context())
	if err != nil {
		return err
	}
	title := h.text(c, "activities.title")
	v := activitiesView{Frame: h.frame(c, "activities", title, page.Crumb{Text: title}), MayAdd: may(c, survey.ManageActivities)}
	for _, a := range list {
		v.Activities = append(v.Activities, activityLine{a, phaseWord(a.Phase(h.Now())), activitiesPath + "/" + a.ID.String()})
	}
	return h.present(c, http.StatusOK, "staff/activities", v)
}

func (v activitiesView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("activity.year", "activity.name", "activity.document", "activity.phase", "#activity.district_cap",
			"@activity.district_due"),
		Rows: export.Of(v.Activities, func(a activityLine) []export.Cell {
			return []export.Cell{export.String(strconv.Itoa(a.Year)), export.String(a.Name), export.String(a.Document), t.word(a.Word), export.Int(a.DistrictCap),
				export.Time(a.DistrictDue)}
		}),
	}}}
}
