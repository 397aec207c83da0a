package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

// The sheet answers: what has the project scored so far, and what waits?
type sheetView struct {
	page.Frame
	Campaign campaignRow
	Project  survey.Project
	Sheet    rubric.Sheet
	Sections []sheetSection
	Vetoes   []sheetLine
	Snapshot *survey.Snapshot // nil while the campaign is not sealed
	Owner    survey.Verdict   // behind 1.1 and 6.1
	// Few says that k is not shown: the verdict's word stands with n/N, the one
	// exception to k/n beside it (RULES §8).
	Few bool
}

type sheetSection struct {
	Number int
	ZH, EN string
	Max    rubric.Halves
	Lines  []sheetLine
}

type sheetLine struct {
	rubric.Award
	Word  word // of a verdict; empty while open
	Count bool // k/n stands beside it
}

// showSheet shows the sheet of a project with all 38 items.
func (h *Handlers) showSheet(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	id, err := idParam(c, "project")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	a, one, err := h.Store.CampaignSheet(ctx, scope(c), campaign.ID, id)
	if err != nil {
		return err
	}
	v := sheetView{Campaign: rowOf(campaign, actor(c), h.Now()), Project: one.Project}
	if f := one.Figures; f.Sealed != nil {
		snapshot, _, err := h.Store.Sealed(ctx, scope(c), campaign.ID, id)
		if err != nil {
			return err
		}
		v.Snapshot = &snapshot
		v.Owner, _ = f.Sealed.Judged(*f.Campaign)
		v.Few = v.Owner.Answered < survey.FewestShown
	}
	v.Sheet = h.Rubric.Sheet(a, one.Entries, one.Figures, actor(c).Role)
	v.divide()
	v.Frame = h.sheetFrame(c, campaign, one.Project.Name, page.Crumb{Text: one.Project.Name})
	return h.present(c, http.StatusOK, "staff/sheet", v)
}

// divide puts the awards into their sections.
func (v *sheetView) divide() {
	for _, a := range v.Sheet.Awards {
		last := len(v.Sections) - 1
		if last < 0 || v.Sections[last].Number != a.Item.Section {
			v.Sections = append(v.Sections, sheetSection{Number: a.Item.Section, ZH: a.Item.SectionZH, EN: a.Item.SectionEN})
			last++
		}
		line := sheetLine{Award: a}
		if a.State != rubric.Open && !a.Hidden {
			line.Word, line.Count = itemWord(survey.Item(a.State)), true
		}
		v.Sections[last].Max += a.Item.Max
		v.Sections[last].Lines = append(v.Sections[last].Lines, line)
	}
	for _, a := range v.Sheet.Vetoes {
		line := sheetLine{Award: a}
		if a.State != rubric.Open && !a.Hidden {
			line.Word, line.Count = vetoWord(survey.Veto(a.State)), true
		}
		v.Vetoes = append(v.Vetoes, line)
	}
}
