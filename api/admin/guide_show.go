package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/rubric"
)

// guideRoutes are the pages that explain the rubric and the notice.
func (h *Handlers) guideRoutes(get route) {
	get("/admin/help/rubric", survey.ChangeOwn, h.showRubric)
	get("/admin/help/notice", survey.ChangeOwn, h.showNotice)
}

// itemGuide explains one item in the reader's language.
type itemGuide struct {
	rubric.Item
	Official, Other string // the criterion, and the same in the other language
	Wants, Usual    string
}

// guideOf explains an item.
func (h *Handlers) guideOf(c *gin.Context, item rubric.Item) itemGuide {
	help := h.Guide.Of(item.ID)
	if page.Language(c) == "en" {
		return itemGuide{item, item.CriterionEN, item.CriterionZH, help.WantsEN, help.EvidenceEN}
	}
	return itemGuide{item, item.CriterionZH, item.CriterionEN, help.WantsZH, help.EvidenceZH}
}

type rubricView struct {
	page.Frame
	Sections []rubricSection
}

// rubricSection is a section of the rubric with its items.
type rubricSection struct {
	Number int
	Name   string
	Max    rubric.Halves // 0 for the vetoes
	Items  []itemGuide
}

// showRubric explains all items.
func (h *Handlers) showRubric(c *gin.Context) error {
	title := h.text(c, "guide.rubric")
	v := rubricView{Frame: h.frame(c, "help", title, page.Crumb{Text: h.text(c, "help.title"), Path: "/admin/help"}, page.Crumb{Text: title})}
	for _, item := range h.Rubric.Items {
		if n := len(v.Sections); n == 0 || v.Sections[n-1].Number != item.Section {
			name := item.SectionZH
			if page.Language(c) == "en" {
				name = item.SectionEN
			}
			v.Sections = append(v.Sections, rubricSection{Number: item.Section, Name: name})
		}
		s := &v.Sections[len(v.Sections)-1]
		s.Items = append(s.Items, h.guideOf(c, item))
		s.Max += item.Max
	}
	return h.present(c, http.StatusOK, "staff/guide_rubric", v)
}

func (v rubricView) workbook(t teller) workbook {
	var items []itemGuide
	for _, s := range v.Sections {
		items = append(items, s.Items...)
	}
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("sheet.item", "sheet.criterion", "sheet.max", "guide.wants", "guide.who", "guide.evidence"),
		Rows: export.Of(items, func(i itemGuide) []export.Cell {
			most := "—"
			if i.Max > 0 {
				most = i.Max.String()
			}
			return []export.Cell{export.String(i.ID), export.String(i.Official), export.String(most), export.String(i.Wants),
				export.String(t.say("scoring." + i.Scoring)), export.String(i.Usual)}
		}),
	}}}
}

type noticeView struct {
	page.Frame
	Lines []noticeLine
}

// noticeLine is a requirement and where the system meets it.
type noticeLine struct {
	rubric.Requirement
	What, How string
	Path      string // "" where the reader has no such page
}

// metAt is the page on which a requirement is met, and what one must be
// allowed to see it.
func metAt(id string) (string, survey.Action) {
	switch id {
	case "R02", "R20":
		return "/admin/sheets", survey.ViewSheets
	case "R14":
		return "/admin/results", survey.ViewResults
	case "R15":
		return "/admin/sheets", survey.ViewSheets
	case "R19", "R21":
		return "/admin/help/rubric", survey.ChangeOwn
	case "R01", "R03", "R04", "R05", "R06", "R07", "R18", "R23", "R24":
		return "/admin/activities", survey.ViewActivities
	}
	return "", ""
}

// showNotice says of each requirement of the notice where it is met.
func (h *Handlers) showNotice(c *gin.Context) error {
	title := h.text(c, "guide.notice")
	v := noticeView{Frame: h.frame(c, "help", title, page.Crumb{Text: h.text(c, "help.title"), Path: "/admin/help"}, page.Crumb{Text: title})}
	for _, r := range h.Guide.Requirements {
		line := noticeLine{Requirement: r, What: r.ZH, How: h.text(c, "guide.met."+strings.ToLower(r.ID))}
		if page.Language(c) == "en" {
			line.What = r.EN
		}
		if path, action := metAt(r.ID); path != "" && may(c, action) {
			line.Path = path
		}
		v.Lines = append(v.Lines, line)
	}
	return h.present(c, http.StatusOK, "staff/guide_notice", v)
}

func (v noticeView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title, Columns: t.columns("guide.id", "guide.place", "guide.demand", "guide.met"),
		Rows: export.Of(v.Lines, func(l noticeLine) []export.Cell {
			return []export.Cell{export.String(l.ID), export.String(l.Place), export.String(l.What), export.String(l.How)}
		}),
	}}}
}
