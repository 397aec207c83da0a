package admin

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

// The sheet answers: what has the project scored so far, and what waits?
type sheetView struct {
	page.Frame
	faults
	sheetOf
	Sections []sheetSection
	Vetoes   []sheetLine
	Parties  []rubric.Party
	Enter    string // the address that takes the reader's marks, "" for none
	Marked   int    // items that the reader has marked
	Marks    int    // items that the reader can mark
	Confirms []sheetLine
	Declares bool // as a third party, which declares its interests first
	Moment   time.Time
}

// showSheet shows the sheet of a project with all 38 items.
func (h *Handlers) showSheet(c *gin.Context) error { return h.renderSheet(c, http.StatusOK, faults{}) }

func (h *Handlers) renderSheet(c *gin.Context, status int, f faults) error {
	s, err := h.loadSheet(c)
	if err != nil {
		return err
	}
	asked, err := h.askedAbout(c, &s)
	if err != nil {
		return err
	}
	v := sheetView{faults: f, sheetOf: s, Parties: s.partiesShown(actor(c).Role), Moment: h.Now()}
	if v.Works {
		v.Enter = v.marksPath(actor(c).Role)
	}
	if v.Declares, err = h.undeclared(c, s.Activity.ID, 1, func(p survey.ID) bool { return p == s.Project.ID }); err != nil {
		return err
	}
	v.divide(func(a rubric.Award) sheetLine { return h.line(c, &s, a, asked) })
	v.Frame = h.sheetFrame(c, s.Activity, s.Project.Name)
	return h.present(c, status, "staff/sheet", v)
}

// marksPath is where the marks of a role are sent, "" where it has none.
func (s *sheetOf) marksPath(role survey.Role) string {
	switch {
	case role.May(survey.SelfAssess):
		return s.Home + "/self"
	case role.May(survey.ScoreAsThird):
		return s.Home + "/third"
	case role.May(survey.ScoreSheets):
		return s.Home + "/marks"
	}
	return ""
}

// divide puts the awards into their sections.
func (v *sheetView) divide(line func(rubric.Award) sheetLine) {
	for _, a := range v.Sheet.Awards {
		last := len(v.Sections) - 1
		if last < 0 || v.Sections[last].Number != a.Item.Section {
			v.Sections = append(v.Sections, sheetSection{Number: a.Item.Section, ZH: a.Item.SectionZH, EN: a.Item.SectionEN})
			if last++; last > 0 {
				v.Sections[last-1].Next = a.Item.Section
			}
		}
		v.Sections[last].add(line(a))
	}
	for _, a := range v.Sheet.Vetoes {
		v.Vetoes = append(v.Vetoes, line(a))
	}
	for _, s := range v.Sections {
		for _, l := range s.Lines {
			v.count(l)
		}
	}
	for _, l := range v.Vetoes {
		v.count(l)
	}
}

func (s *sheetSection) add(l sheetLine) {
	s.Max += l.Item.Max
	if l.Got != nil {
		s.Got += *l.Got
	} else {
		s.Open++
	}
	s.Enters = s.Enters || l.Enter != nil
	s.Lines = append(s.Lines, l)
}

func (v *sheetView) count(l sheetLine) {
	if l.Waits {
		v.Confirms = append(v.Confirms, l)
	}
	if l.Enter == nil || l.Enter.Taken != "" {
		return
	}
	v.Marks++
	if l.Enter.Seen != "" {
		v.Marked++
	}
}
