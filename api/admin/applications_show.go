package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

type applicationsView struct {
	page.Frame
	Activity     survey.Activity
	Parts        []survey.DistrictPart // of who decides or applies
	Applications []applicationLine
	Pager        pager
	Stage        survey.ApplicationStage // chosen, "" for all
	Stages       []stageCount
	Late         bool // the districts' work is due
	MayApply     bool
	Search       string
	Found        []survey.Project // by who looks for a project to apply for
	More         int
	Path         string
}

type applicationLine struct {
	survey.Application
	Word word
	Path string
}

type stageCount struct {
	Stage survey.ApplicationStage
	N     int
}

// showApplications lists the applications in scope, by stage, and finds
// projects to apply for.
func (h *Handlers) showApplications(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	v := applicationsView{
		Frame: h.activityFrame(c, a, "/applications", h.text(c, "activity.tab.applications")), Activity: a,
		Late: a.Ended.IsZero() && survey.Late(a.DistrictDue, h.Now()), Path: activitiesPath + "/" + a.ID.String() + "/applications",
		MayApply: may(c, survey.ApplyForTitle) && a.Works(h.Now()) == nil, Stage: survey.ApplicationStage(c.Query("stage")),
	}
	all, err := h.Store.Applications(ctx, scope(c), a.ID)
	if err != nil {
		return err
	}
	counts, there := map[survey.ApplicationStage]int{}, map[survey.ID]bool{}
	var lines []applicationLine
	for _, one := range all {
		counts[one.Stage]++
		there[one.Project.ID] = true
		if v.Stage == "" || v.Stage == one.Stage {
			lines = append(lines, applicationLine{one, applicationWord(one.Stage), v.Path + "/" + one.Project.ID.String()})
		}
	}
	for _, s := range survey.ApplicationStages() {
		v.Stages = append(v.Stages, stageCount{s, counts[s]})
	}
	v.Applications, v.Pager = onPage(c, lines)
	if v.Parts, err = h.Store.DistrictParts(ctx, scope(c), a.ID); err != nil {
		return err
	}
	if v.MayApply {
		if err := h.findProjects(c, &v, there); err != nil {
			return err
		}
	}
	return h.present(c, http.StatusOK, "staff/applications", v)
}

// findProjects finds projects in scope that have not applied: by a search, or
// all where they are few.
func (h *Handlers) findProjects(c *gin.Context, v *applicationsView, there map[survey.ID]bool) error {
	const few = 20
	v.Search = strings.TrimSpace(c.Query("q"))
	found, total, err := h.Store.Projects(c.Request.Context(), scope(c), survey.ProjectFilter{Search: v.Search, Limit: few})
	if err != nil {
		return err
	}
	if v.More = total - len(found); v.Search == "" && v.More > 0 {
		return nil // too many to be shown unasked
	}
	for _, p := range found {
		if !there[p.ID] {
			v.Found = append(v.Found, p)
		}
	}
	return nil
}

// applicationWord is the stage of an application.
func applicationWord(s survey.ApplicationStage) word {
	w := word{Key: "application.stage." + string(s), Tone: "plain", Sign: "○"}
	switch s {
	case survey.Reviewed:
		w.Tone, w.Sign = "warn", "◐"
	case survey.Accepted:
		w.Tone, w.Sign = "good", "✓"
	case survey.Declined:
		w.Tone, w.Sign = "bad", "✗"
	case survey.Returned:
		w.Tone, w.Sign = "warn", "↩"
	case survey.Withdrawn:
		w.Tone, w.Sign = "none", "–"
	case "":
		return word{}
	}
	return w
}

func (v applicationsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("project.name", "scope.district", "project.community", "application.stage", "application.statement", "application.by", "@application.at",
			"application.late", "application.decided_by", "@application.decided_at", "application.reason"),
		Rows: export.Of(v.Applications, func(a applicationLine) []export.Cell {
			decided := dash()
			if !a.DecidedAt.IsZero() {
				decided = export.Time(a.DecidedAt)
			}
			return []export.Cell{export.String(a.Project.Name), export.String(a.Project.Area.District), export.String(a.Project.Area.Community), t.word(a.Word),
				export.String(a.Statement), export.String(a.By), export.Time(a.At), t.yes(a.Late), orDash(a.DecidedBy), decided, orDash(a.Reason)}
		}),
	}}}
}
