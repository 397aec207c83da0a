package admin

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

// The page answers: what changes when the sheet reads another sealed result?
type adoptView struct {
	page.Frame
	faults
	sheetOf
	Choices []adoption
}

// adoption is a sealed result that a sheet could read.
type adoption struct {
	Campaign survey.Campaign
	Snapshot survey.Snapshot
	Before   sheetGlance
	After    sheetGlance
}

// sheetGlance is what adopting can change of a sheet.
type sheetGlance struct {
	Item11, Veto61 word
	Total          string
	Stand          word
}

// Same says that nothing but the lineage would change.
func (a adoption) Same() bool { return a.Before == a.After }

func glanceOf(s *rubric.Sheet) sheetGlance {
	return sheetGlance{
		Item11: awardWord(*s.Award(rubric.SatisfactionItem)), Veto61: awardWord(*s.Award(rubric.SatisfactionVeto)),
		Total: totalText(s), Stand: standWord(s),
	}
}

// totalText is a total, "≥ x" while the sheet is not complete.
func totalText(s *rubric.Sheet) string {
	if s.Complete {
		return s.Total.String()
	}
	return "≥ " + s.Total.String()
}

// readable are the newest sealed results of the project in the activity that
// its sheet does not read.
func (h *Handlers) readable(ctx context.Context, c *gin.Context, s *sheetOf) ([]adoption, error) {
	campaigns, err := h.Store.Campaigns(ctx, scope(c))
	if err != nil {
		return nil, err
	}
	var list []adoption
	for _, one := range campaigns {
		if one.Activity != s.Activity.ID || one.Stage != survey.SealedStage {
			continue
		}
		snapshot, sealed, err := h.Store.Sealed(ctx, scope(c), one.ID, s.Project.ID)
		if survey.KindOf(err) == survey.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		if r := s.one.Entries.Reading; r != nil && r.Campaign == one.ID && r.Snapshot == snapshot.Number {
			continue
		}
		list = append(list, adoption{one, snapshot, glanceOf(&s.Sheet), h.after(c, s, one, snapshot, sealed)})
	}
	return list, nil
}

// after is the sheet as it would be with another result.
func (h *Handlers) after(c *gin.Context, s *sheetOf, campaign survey.Campaign, snapshot survey.Snapshot, sealed survey.Sealed) sheetGlance {
	e, f := s.one.Entries, s.one.Figures
	e.Reading = &rubric.Reading{Campaign: campaign.ID, Snapshot: snapshot.Number, Newest: snapshot.Number}
	f.Campaign, f.Sealed = &campaign, &sealed
	to := h.Rubric.Sheet(s.Activity, e, f, actor(c).Role)
	return glanceOf(&to)
}

// showAdopt shows what the sheet could read and what would change.
func (h *Handlers) showAdopt(c *gin.Context) error { return h.renderAdopt(c, http.StatusOK, faults{}) }

func (h *Handlers) renderAdopt(c *gin.Context, status int, f faults) error {
	s, err := h.loadSheet(c)
	if err != nil {
		return err
	}
	v := adoptView{faults: f, sheetOf: s}
	if v.Choices, err = h.readable(c.Request.Context(), c, &s); err != nil {
		return err
	}
	v.Frame = h.sheetFrame(c, s.Activity, h.text(c, "sheet.adopt"), s.crumb())
	return h.present(c, status, "staff/sheet_adopt", v)
}

// saveAdopt makes the sheet read the newest result of a campaign.
func (h *Handlers) saveAdopt(c *gin.Context) error {
	activity, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return err
	}
	campaign, err := survey.ParseID(c.PostForm("campaign"))
	if err != nil {
		err = survey.Fail(survey.Invalid, "error.sheet.campaign").Field("campaign", "error.sheet.campaign")
	} else {
		err = h.Store.Adopt(c.Request.Context(), actor(c), activity, project, campaign)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderAdopt(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, sheetPath(activity, project)+"?done=adopted")
}
