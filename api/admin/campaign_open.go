package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// showOpening says what opening does: N is frozen, posters are made.
func (h *Handlers) showOpening(c *gin.Context) error {
	return h.renderOpening(c, http.StatusOK, faults{})
}

func (h *Handlers) renderOpening(c *gin.Context, status int, f faults) error {
	campaign, err := h.stepCampaign(c, survey.Draft, "error.campaign.not_draft")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	enrolments, err := h.Store.Enrolments(ctx, scope(c), campaign.ID)
	if err != nil {
		return err
	}
	projects, _, err := h.Store.Projects(ctx, scope(c), survey.ProjectFilter{District: campaign.Owner})
	if err != nil {
		return err
	}
	of := make(map[survey.ID]int, len(projects))
	for _, p := range projects {
		of[p.ID] = p.BuildingCount
	}
	households, posters, silent := 0, 0, 0
	for _, e := range enrolments {
		households += e.Homes.Households
		posters += of[e.Project.ID]
		if e.Project.Phone == "" && campaign.Phone == "" {
			silent++
		}
	}
	v := h.stepOf(c, "open", campaign, f)
	v.Optional = true
	v.fact(h, c, "open.fact.frozen", "Projects", page.Number(len(enrolments)), "Households", page.Number(households))
	v.fact(h, c, "open.fact.posters", "Posters", page.Number(posters))
	v.fact(h, c, "open.fact.time", "Opens", until(c, campaign.Opens), "Closes", until(c, campaign.Closes))
	v.fact(h, c, "open.fact.fixed")
	if campaign.Asker == "" {
		v.warn(h, c, "open.warn.asker")
	}
	if silent > 0 {
		v.warn(h, c, "open.warn.phone", "N", page.Number(silent))
	}
	if err := h.warnOfOthers(c, &v, campaign, enrolments); err != nil {
		return err
	}
	return h.renderStep(c, status, v)
}

// warnOfOthers names the running campaigns that have a project of this one:
// each of its buildings would have two posters in use.
func (h *Handlers) warnOfOthers(c *gin.Context, v *stepView, campaign survey.Campaign, enrolments []survey.Enrolment) error {
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	mine := make(map[survey.ID]bool, len(enrolments))
	for i := range enrolments {
		mine[enrolments[i].Project.ID] = true
	}
	for _, other := range campaigns {
		if other.ID == campaign.ID || other.Stage != survey.OpenStage || other.Ended(h.Now()) {
			continue
		}
		theirs, err := h.Store.Enrolments(c.Request.Context(), scope(c), other.ID)
		if err != nil {
			return err
		}
		both := 0
		for i := range theirs {
			if mine[theirs[i].Project.ID] {
				both++
			}
		}
		if both > 0 {
			v.warn(h, c, "open.warn.other", "N", page.Number(both), "Name", other.Name)
		}
	}
	return nil
}

// saveOpening opens the campaign and goes on to its posters.
func (h *Handlers) saveOpening(c *gin.Context) error {
	campaign, err := h.stepCampaign(c, survey.Draft, "error.campaign.not_draft")
	if err != nil {
		return err
	}
	_, err = h.Store.OpenCampaign(c.Request.Context(), actor(c), campaign.ID, typed(c, "reason"))
	if err == nil && may(c, survey.PrintPosters) { // what comes next
		return see(c, "/admin/posters?campaign="+campaign.ID.String()+"&done=opened")
	}
	return h.finish(c, campaign, "opened", err, func(status int, f faults) error { return h.renderOpening(c, status, f) })
}
