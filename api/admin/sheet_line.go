package admin

import (
	"errors"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/rubric"
)

// sheetSection is a part of the sheet.
type sheetSection struct {
	Number, Next int // the section that comes after it, 0 for the last
	ZH, EN       string
	Max, Got     rubric.Halves
	Open         int  // items without points
	Enters       bool // the reader marks items here
	Lines        []sheetLine
}

// sheetLine is an item with all that the reader may see of it.
type sheetLine struct {
	rubric.Award
	Word  word
	Count bool // k/n stands beside it
	Path  string
	Cells []markCell
	Enter *markField // nil where the reader marks nothing
	Asked []askedFigure
	Facts []string // what complaints and fees say
	Waits bool     // for the reader's confirmation
}

// markCell is what a party gave to an item.
type markCell struct {
	Party rubric.Party
	Mark  *rubric.Mark
	Off   bool // it differs from another assessor's
}

// markField is the reader's own mark to be typed.
type markField struct {
	Points, Seen string
	Note, Noted  string
	Choices      []string
	Taken        string // why this reader cannot mark the item, "" where it can
	Wants        bool   // a note, because there is no file
}

// partiesShown are the parties whose marks a reader sees, in their order; the
// second assessor only where the activity wants one or there is one.
func (s *sheetOf) partiesShown(role survey.Role) []rubric.Party {
	if role.AssessesItself() {
		return nil
	}
	list := []rubric.Party{rubric.SelfParty, rubric.FirstParty}
	second := s.Activity.Seconds
	for _, m := range s.one.Entries.Marks {
		second = second || m.Party == rubric.SecondParty
	}
	if second {
		list = append(list, rubric.SecondParty)
	}
	return append(list, rubric.ThirdParty)
}

// line is an award as the page shows it.
func (h *Handlers) line(c *gin.Context, s *sheetOf, a rubric.Award, asked map[string]askedFigure) sheetLine {
	t := teller{h, c}
	l := sheetLine{Award: a, Word: awardWord(a), Path: s.Home + "/items/" + a.Item.ID}
	surveyed := a.Item.ID == rubric.SatisfactionItem || a.Item.ID == rubric.SatisfactionVeto
	l.Count = surveyed && s.one.Figures.Sealed != nil && !s.Sheet.Waits && (!a.Hidden || s.Few && s.seesResult(actor(c).Role))
	for _, p := range s.partiesShown(actor(c).Role) {
		cell := markCell{Party: p, Mark: a.Mark(p)}
		cell.Off = a.Differs && p != rubric.SelfParty && cell.Mark != nil
		l.Cells = append(l.Cells, cell)
	}
	for _, id := range questionsOf(a.Item) {
		if f, known := asked[id]; known {
			l.Asked = append(l.Asked, f)
		}
	}
	l.Facts = s.facts(t, a)
	l.Waits = waitsFor(a, actor(c))
	if s.Works {
		l.Enter = h.markFieldOf(c, s, a)
	}
	return l
}

// markFieldOf is the field for the reader's mark, with what was typed into it.
func (h *Handlers) markFieldOf(c *gin.Context, s *sheetOf, a rubric.Award) *markField {
	role := actor(c).Role
	switch {
	case a.Item.Veto(), !role.May(survey.SelfAssess) && !role.May(survey.ScoreSheets) && !role.May(survey.ScoreAsThird),
		a.Item.MachineSet() && !role.AssessesItself():
		return nil
	}
	f := &markField{Wants: !role.AssessesItself() && a.Evidence == 0}
	for p := rubric.Halves(0); p <= a.Item.Max; p++ {
		f.Choices = append(f.Choices, p.String())
	}
	party, err := s.Sheet.Seat(a.Item.ID, role, actor(c).Account)
	if e := (*survey.Error)(nil); errors.As(err, &e) {
		f.Taken = h.Pages.Text(c, e.Key, e.Args)
	}
	if m := a.Mark(party); m != nil && err == nil {
		f.Seen, f.Noted = m.Points.String(), m.Note
	}
	f.Points, f.Note = f.Seen, f.Noted
	if typed, sent := c.GetPostForm("points-" + a.Item.ID); sent {
		f.Points, f.Note = typed, c.PostForm("note-"+a.Item.ID)
		f.Seen, f.Noted = c.PostForm("seen-"+a.Item.ID), c.PostForm("noted-"+a.Item.ID)
	}
	return f
}

// waitsFor says whether an item waits for the confirmation of this actor.
func waitsFor(a rubric.Award, actor survey.Actor) bool {
	if o := a.Override; o != nil && o.Confirmed.ID == 0 && o.Of == a.Machine && actor.Role.May(survey.OverrideScores) {
		return o.Asked.ID != actor.Account
	}
	if x := a.Confirmation; x != nil && x.Confirmed.ID == 0 && actor.Role.May(survey.RecordVetoes) {
		return x.Asked.ID != actor.Account
	}
	return false
}
