package admin

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// A step of a campaign (open, close, reopen, seal, remove) is a page that
// says what will happen, and one button.
type stepView struct {
	page.Frame
	faults
	Kind     string // "open", "close", "reopen", "seal" or "remove"
	Campaign campaignRow
	Reason   string
	Optional bool     // the reason may be left out
	Facts    []string // what will happen, translated
	Warnings []string // what one may want to change before, translated
	Closes   string   // the new end when reopening
	Asks     bool     // asks for the new end
	Listing  bool     // asks whether undecided answers are listed as not counted
	Listed   bool
	Button   string
	Waits    *approvalRow // what the first person asked for
	Danger   bool
}

// stepOf begins the page of a step with what every step has.
func (h *Handlers) stepOf(c *gin.Context, kind string, campaign survey.Campaign, f faults) stepView {
	return stepView{
		Frame: h.campaignFrame(c, campaign, h.text(c, "step."+kind)), faults: f, Kind: kind,
		Campaign: rowOf(campaign, actor(c), h.Now()), Reason: typed(c, "reason"),
		Button: h.text(c, "step."+kind), Listed: c.PostForm("undecided") != "",
	}
}

// stepCampaign loads the campaign of a step that wants a certain stage. A
// page of a step that cannot be taken now is a conflict with the sentence of
// the rule, one for somebody else's campaign is not there.
func (h *Handlers) stepCampaign(c *gin.Context, want survey.Stage, otherwise string) (survey.Campaign, error) {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return survey.Campaign{}, err
	}
	if !scope(c).Manages(campaign.Owner) {
		return survey.Campaign{}, survey.NotFoundError("error.not_found")
	}
	if campaign.Stage != want {
		return survey.Campaign{}, survey.Fail(survey.Conflict, otherwise)
	}
	return campaign, nil
}

// waitsFor is what the first person asked for, nil for nothing.
func (h *Handlers) waitsFor(c *gin.Context, campaign survey.ID, kind string) (*approvalRow, error) {
	approvals, err := h.approvals(c, campaign)
	if err != nil {
		return nil, err
	}
	for _, a := range approvals {
		if a.Kind == kind {
			return &a, nil
		}
	}
	return nil, nil
}

// finish ends a step: the campaign's page with a sentence, or the step's page
// again with what is wrong.
func (h *Handlers) finish(c *gin.Context, campaign survey.Campaign, done string, err error, again func(int, faults) error) error {
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return again(status, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"?done="+done)
}

func (h *Handlers) renderStep(c *gin.Context, status int, v stepView) error {
	h.Pages.Show(c, status, "staff/step", v)
	return nil
}

// fact adds a sentence to what will happen.
func (v *stepView) fact(h *Handlers, c *gin.Context, key string, pairs ...any) {
	v.Facts = append(v.Facts, h.text(c, key, pairs...))
}

// warn adds a sentence to what one may want to change before.
func (v *stepView) warn(h *Handlers, c *gin.Context, key string, pairs ...any) {
	v.Warnings = append(v.Warnings, h.text(c, key, pairs...))
}

// until is a moment in the request's language.
func until(c *gin.Context, t time.Time) string { return page.Moment(page.Language(c), t) }

// showRemoval asks whether a draft shall go.
func (h *Handlers) showRemoval(c *gin.Context) error {
	campaign, err := h.stepCampaign(c, survey.Draft, "error.campaign.not_draft")
	if err != nil {
		return err
	}
	v := h.stepOf(c, "remove", campaign, faults{})
	v.Optional, v.Danger = true, true
	v.fact(h, c, "remove.fact")
	return h.renderStep(c, http.StatusOK, v)
}

// saveRemoval removes a draft.
func (h *Handlers) saveRemoval(c *gin.Context) error {
	campaign, err := h.stepCampaign(c, survey.Draft, "error.campaign.not_draft")
	if err != nil {
		return err
	}
	if err := h.Store.RemoveCampaign(c.Request.Context(), actor(c), campaign.ID); err != nil {
		return err
	}
	return see(c, "/admin/campaigns?done=removed")
}
