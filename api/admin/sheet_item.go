package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

// The page of an item answers: what does it want, what speaks for which mark,
// and who decided what?
type itemView struct {
	page.Frame
	faults
	sheetOf
	Line       sheetLine
	Guide      itemGuide
	Scorer     string // how it is scored
	Evidence   evidencePart
	Prev, Next string // addresses of the items beside it
	Enter      string // the address that takes the reader's mark, "" for none
	Form       itemForm
	Crowd      *rubric.Concentration // 6.4
	Complaints string                // where the complaints are read, "" for who may not
	History    []changeRow

	// What the reader may do here and now.
	Settles, Overrides, Pays, Records, Confirms, Own bool
}

// itemForm is what was typed into the item's forms.
type itemForm struct {
	Points, Reason          string
	Paid, Due, Document     string
	State, Source, Note, On string // of a veto; On is the file it rests on
	Choices                 []string
}

// awardOf is the award of the address.
func (h *Handlers) awardOf(c *gin.Context, s *sheetOf) (*rubric.Award, error) {
	a := s.Sheet.Award(c.Param("item"))
	if a == nil {
		return nil, survey.NotFoundError("error.not_found")
	}
	return a, nil
}

// showItem shows one item of a sheet in depth.
func (h *Handlers) showItem(c *gin.Context) error { return h.renderItem(c, http.StatusOK, faults{}) }

// renderItem shows the page of an item; a form of it that comes back with
// faults is this page too.
func (h *Handlers) renderItem(c *gin.Context, status int, f faults) error {
	s, err := h.loadSheet(c)
	if err != nil {
		return err
	}
	a, err := h.awardOf(c, &s)
	if err != nil {
		return err
	}
	asked, err := h.askedAbout(c, &s)
	if err != nil {
		return err
	}
	v := itemView{faults: f, sheetOf: s, Line: h.line(c, &s, *a, asked), Scorer: "scoring." + a.Item.Scoring, Guide: h.guideOf(c, a.Item)}
	v.Evidence = h.evidenceOf(c, s.Activity, s.one, a.Item.ID)
	v.Prev, v.Next = h.beside(&s, a.Item.ID)
	v.allow(c, a)
	v.Form = itemFormOf(c, &s, a)
	if err := h.addCrowd(c, &v, a); err != nil {
		return err
	}
	if v.History, err = h.changesOf(c, &s, a.Item.ID); err != nil {
		return err
	}
	v.Frame = h.sheetFrame(c, s.Activity, h.text(c, "sheet.item.title", "ID", a.Item.ID), s.crumb())
	return h.present(c, status, "staff/sheet_item", v)
}

// beside are the addresses of the items before and after one.
func (h *Handlers) beside(s *sheetOf, id string) (prev, next string) {
	i := slices.IndexFunc(h.Rubric.Items, func(one rubric.Item) bool { return one.ID == id })
	if i > 0 {
		prev = s.Home + "/items/" + h.Rubric.Items[i-1].ID
	}
	if i+1 < len(h.Rubric.Items) {
		next = s.Home + "/items/" + h.Rubric.Items[i+1].ID
	}
	return prev, next
}

// allow says what the reader may do with the item here and now.
func (v *itemView) allow(c *gin.Context, a *rubric.Award) {
	if !v.Works {
		return
	}
	v.Settles = may(c, survey.SettleScores) && (a.Differs || a.Settled != nil)
	v.Overrides = may(c, survey.OverrideScores) && a.Item.MachineSet() && !a.Item.Veto()
	v.Pays = may(c, survey.ScoreSheets) && a.Item.ID == rubric.FeesItem
	v.Records = may(c, survey.RecordVetoes) && a.Item.Veto() && !a.Item.MachineSet()
	v.Confirms = may(c, survey.RecordVetoes) && a.Item.ID == rubric.SatisfactionVeto && a.State == string(survey.VetoBorderline)
	if v.Line.Enter != nil {
		v.Enter = v.marksPath(actor(c).Role)
	}
	if o := a.Override; o != nil {
		v.Own = o.Asked.ID == actor(c).Account
	}
	if x := a.Confirmation; x != nil {
		v.Own = x.Asked.ID == actor(c).Account
	}
}

// itemFormOf fills the item's forms with what was typed, else with what is known.
func itemFormOf(c *gin.Context, s *sheetOf, a *rubric.Award) itemForm {
	f := itemForm{Reason: c.PostForm("reason"), Points: typed(c, "points")}
	for p := rubric.Halves(0); p <= a.Item.Max; p++ {
		f.Choices = append(f.Choices, p.String())
	}
	if fees := s.one.Entries.Fees; fees != nil {
		f.Paid, f.Due, f.Document = yuan(fees.Paid), yuan(fees.Due), fees.Document
	}
	if r := a.Recorded; r != nil {
		f.State, f.Source, f.Note = r.State, r.Document, r.Note
		if r.Evidence != 0 {
			f.On = r.Evidence.String()
		}
	}
	if c.Request.Method != http.MethodPost {
		return f
	}
	switch path := c.Request.URL.Path; {
	case strings.HasSuffix(path, "/fees"):
		f.Paid, f.Due, f.Document = typed(c, "paid"), typed(c, "due"), typed(c, "document")
	case strings.HasSuffix(path, "/veto"):
		f.State, f.Source, f.Note, f.On = c.PostForm("state"), typed(c, "document"), c.PostForm("note"), c.PostForm("evidence")
	}
	return f
}

// addCrowd adds how concentrated complaints are, beside 6.4, and where the
// complaints behind an item are read.
func (h *Handlers) addCrowd(c *gin.Context, v *itemView, a *rubric.Award) error {
	switch a.Item.ID {
	case rubric.VolumeItem, rubric.PromptItem, rubric.ConcentratedVeto:
	default:
		return nil
	}
	if !may(c, survey.ViewComplaints) {
		return nil
	}
	v.Complaints = "/admin/complaints/projects/" + v.Project.ID.String() + "?activity=" + v.Activity.ID.String()
	if a.Item.ID != rubric.ConcentratedVeto {
		return nil
	}
	one, err := h.Store.ComplaintCase(c.Request.Context(), scope(c), v.Activity.ID, v.Project.ID)
	v.Crowd = &one.Concentration
	return err
}
