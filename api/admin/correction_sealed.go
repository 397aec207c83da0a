package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// A correction of a sealed result that waits answers the second person: what
// does it change, who asked, and why?
type pendingView struct {
	page.Frame
	faults
	Campaign campaignRow
	Project  survey.Project
	Pending  survey.PendingCorrection
	Own      bool // the actor asked for it
	Preview  *correctionPreview
	Back     string
}

// showPendingCorrection shows the second person what waits.
func (h *Handlers) showPendingCorrection(c *gin.Context) error {
	return h.renderPending(c, http.StatusOK, faults{})
}

func (h *Handlers) renderPending(c *gin.Context, status int, f faults) error {
	campaign, err := h.ownedCampaign(c)
	if err != nil {
		return err
	}
	ctx, a := c.Request.Context(), actor(c)
	pending, err := h.Store.PendingCorrection(ctx, a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	e, groups, err := h.Store.Enrolment(ctx, a.Scope, campaign.ID, pending.Project)
	if err != nil {
		return err
	}
	e.Groups = groups
	v := pendingView{
		faults: f, Campaign: rowOf(campaign, a, h.Now()), Project: e.Project, Pending: pending,
		Own: pending.By == a.Account, Back: enrolledPath(campaign.ID, pending.Project),
	}
	// Nothing is added to a sealed campaign, so the register has no part in it.
	if v.Preview, err = h.previewCorrection(c, campaign, e, survey.Project{}, pending.To); err != nil {
		var mendable bool
		if v.faults, _, mendable = h.faultsOf(c, err); !mendable {
			return err
		}
	}
	v.Frame = h.campaignFrame(c, campaign, h.text(c, "correction.pending"), page.Crumb{Text: e.Project.Name, Path: v.Back})
	h.Pages.Show(c, status, "staff/correction", v)
	return nil
}

// ownedCampaign is the campaign of the path, not there for who does not
// manage it.
func (h *Handlers) ownedCampaign(c *gin.Context) (survey.Campaign, error) {
	campaign, err := h.campaignOf(c)
	if err == nil && !scope(c).Manages(campaign.Owner) {
		err = survey.NotFoundError("error.not_found")
	}
	return campaign, err
}

// savePendingCorrection is the second person's yes.
func (h *Handlers) savePendingCorrection(c *gin.Context) error {
	campaign, err := h.ownedCampaign(c)
	if err != nil {
		return err
	}
	pending, err := h.Store.PendingCorrection(c.Request.Context(), scope(c), campaign.ID)
	if err != nil {
		return err
	}
	err = h.Store.ConfirmCorrection(c.Request.Context(), actor(c), campaign.ID)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderPending(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, enrolledPath(campaign.ID, pending.Project)+"?done=corrected")
}
