package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

// mostCompared is how many sheets are looked at one by one for what a result
// would change; of more only their number is told.
const mostCompared = 200

// The page answers: what changes when all sheets read a campaign's newest
// result?
type adoptAllView struct {
	page.Frame
	faults
	Activity  survey.Activity
	Home      string            // the address of the list
	Campaigns []survey.Campaign // sealed ones of the activity
	Chosen    *survey.Campaign
	Snapshot  survey.Snapshot
	Rows      []adoptRow // sheets whose words or totals change
	Adopts    int        // sheets that read something else now
	Unlooked  int        // of these, not compared
	Works     bool
	Idle      survey.Message
}

type adoptRow struct {
	Project survey.Project
	Path    string
	adoption
}

// showAdoptAll shows what adopting a campaign's results would change.
func (h *Handlers) showAdoptAll(c *gin.Context) error {
	return h.renderAdoptAll(c, http.StatusOK, faults{}, c.Query("campaign"))
}

func (h *Handlers) renderAdoptAll(c *gin.Context, status int, f faults, chosen string) error {
	id, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	campaigns, err := h.Store.Campaigns(ctx, scope(c))
	if err != nil {
		return err
	}
	v := adoptAllView{faults: f, Home: sheetsPath(id)}
	var cases []rubric.Case
	if v.Activity, cases, err = h.Store.Sheets(ctx, scope(c), id, survey.ProjectFilter{}); err != nil {
		return err
	}
	v.Works, v.Idle = worksNow(v.Activity, h)
	for _, one := range campaigns {
		if one.Activity != id || one.Stage != survey.SealedStage {
			continue
		}
		v.Campaigns = append(v.Campaigns, one)
		if one.ID.String() == chosen {
			v.Chosen = &one
		}
	}
	if v.Chosen == nil && len(v.Campaigns) == 1 {
		v.Chosen = &v.Campaigns[0]
	}
	if v.Chosen != nil {
		if err := h.compareAll(c, &v, cases); err != nil {
			return err
		}
	}
	v.Frame = h.sheetFrame(c, v.Activity, h.text(c, "sheets.adopt"))
	return h.present(c, status, "staff/sheets_adopt", v)
}

// compareAll looks at the sheets that read something else than the chosen
// campaign's newest result.
func (h *Handlers) compareAll(c *gin.Context, v *adoptAllView, cases []rubric.Case) error {
	ctx := c.Request.Context()
	enrolments, err := h.Store.Enrolments(ctx, scope(c), v.Chosen.ID)
	if err != nil {
		return err
	}
	enrolled := map[survey.ID]bool{}
	for i := range enrolments {
		enrolled[enrolments[i].Project.ID] = true
	}
	for i := range cases {
		one := &cases[i]
		if r := one.Entries.Reading; !enrolled[one.Project.ID] || r != nil && r.Campaign == v.Chosen.ID && !r.Stale() {
			continue
		}
		if v.Adopts++; v.Adopts > mostCompared {
			v.Unlooked++
			continue
		}
		snapshot, sealed, err := h.Store.Sealed(ctx, scope(c), v.Chosen.ID, one.Project.ID)
		if err != nil {
			return err
		}
		v.Snapshot = snapshot
		s := sheetOf{Activity: v.Activity, Project: one.Project, one: *one, Home: v.Home + "/" + one.Project.ID.String()}
		s.Sheet = h.Rubric.Sheet(v.Activity, one.Entries, one.Figures, actor(c).Role)
		a := adoption{*v.Chosen, snapshot, glanceOf(&s.Sheet), h.after(c, &s, *v.Chosen, snapshot, sealed)}
		if !a.Same() {
			v.Rows = append(v.Rows, adoptRow{one.Project, s.Home, a})
		}
	}
	return nil
}

// saveAdoptAll makes all sheets in scope read a campaign's newest result.
func (h *Handlers) saveAdoptAll(c *gin.Context) error {
	activity, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	campaign, err := survey.ParseID(c.PostForm("campaign"))
	if err != nil {
		err = survey.Fail(survey.Invalid, "error.sheet.campaign").Field("campaign", "error.sheet.campaign")
	} else {
		_, err = h.Store.AdoptAll(c.Request.Context(), actor(c), activity, campaign)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderAdoptAll(c, status, f, c.PostForm("campaign"))
	}
	if err != nil {
		return err
	}
	return see(c, sheetsPath(activity)+"?done=adopted")
}
