package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The campaign's page answers: where does it stand, and what comes next?
type campaignView struct {
	page.Frame
	Campaign  campaignRow
	Figures   figures
	Enrolled  int // projects of the actor's area
	Held      int64
	Posters   int // in use
	Approvals []approvalRow

	Publication survey.Publication // zero while it is not public
	Next        step               // the one primary button; empty where there is none
	Others      []step             // what else may be done
}

// step is a way on from the campaign's page.
type step struct{ Key, Path, Style string }

// approvalRow is a step that waits for a second person.
type approvalRow struct {
	survey.Approval
	Own  bool // the actor asked for it
	Path string
}

// showCampaign shows one campaign.
func (h *Handlers) showCampaign(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	ctx, a := c.Request.Context(), actor(c)
	v := campaignView{Campaign: rowOf(campaign, a, h.Now())}
	v.Frame = h.frame(c, "campaigns", campaign.Name,
		page.Crumb{Text: h.text(c, "campaigns.title"), Path: "/admin/campaigns"}, page.Crumb{Text: campaign.Name})
	enrolments, err := h.Store.Enrolments(ctx, a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	v.Enrolled = len(enrolments)
	v.Figures = figuresOf(survey.Glances(campaign, enrolments, a.Role, h.Now()))
	v.Held = v.Figures.Held
	if v.Campaign.Started() {
		if v.Posters, err = h.Store.PosterCount(ctx, a.Scope, campaign.ID); err != nil {
			return err
		}
	}
	if v.Campaign.May {
		if v.Approvals, err = h.approvals(c, campaign.ID); err != nil {
			return err
		}
	}
	if campaign.Stage == survey.SealedStage {
		if v.Publication, err = h.Store.Publication(ctx, a.Scope, campaign.ID); err != nil {
			return err
		}
	}
	v.steps(c, a)
	h.Pages.Show(c, 200, "staff/campaign", v)
	return nil
}

// approvals are what waits for a second person in a campaign.
func (h *Handlers) approvals(c *gin.Context, campaign survey.ID) ([]approvalRow, error) {
	found, err := h.Store.Approvals(c.Request.Context(), scope(c), campaign)
	if err != nil {
		return nil, err
	}
	list := make([]approvalRow, len(found))
	for i, a := range found {
		list[i] = approvalRow{a, a.By == actor(c).Account, "/admin/campaigns/" + campaign.String() + "/" + a.Kind}
	}
	return list, nil
}

// steps says what comes next for who looks: managers drive the campaign,
// others print posters or read results.
func (v *campaignView) steps(c *gin.Context, a survey.Actor) {
	path, posters := v.Campaign.Path, "/admin/posters?campaign="+v.Campaign.ID.String()
	add := func(when bool, key, to, style string) {
		switch {
		case !when:
		case v.Next.Key == "" && style == "":
			v.Next = step{Key: key, Path: to}
		default:
			v.Others = append(v.Others, step{key, to, style})
		}
	}
	manage, print := v.Campaign.May, a.Role.May(survey.PrintPosters)
	switch v.Campaign.Phase {
	case survey.Draft:
		add(manage, "step.open", path+"/open", "")
		add(manage, "step.projects", path+"/projects", "secondary")
		add(manage, "step.edit", path+"/edit", "secondary")
		add(manage, "step.remove", path+"/remove", "danger")
	case waiting, survey.OpenStage:
		add(print, "step.posters", posters, "")
		add(a.Role.May(survey.ViewCoach), "step.coach", path+"/coach", "secondary")
		add(true, "step.standings", path+"/standings", "secondary")
		add(a.Role.May(survey.DecideHeld) && v.Held > 0, "step.held", path+"/held", "secondary")
		add(manage && a.Role.May(survey.PublishResults), "publish.plan", path+"/publish", "secondary")
		add(manage, "step.close", path+"/close", "danger")
	case survey.ClosedStage:
		add(manage && v.Campaign.Stage == survey.OpenStage, "step.close", path+"/close", "")
		add(a.Role.May(survey.DecideHeld) && v.Held > 0, "step.held", path+"/held", "")
		add(manage && a.Role.May(survey.SealCampaigns) && v.Campaign.Stage == survey.ClosedStage, "step.seal", path+"/seal", "")
		add(true, "step.standings", path+"/standings", "secondary")
		add(manage && a.Role.May(survey.PublishResults), "publish.plan", path+"/publish", "secondary")
		add(manage && v.Campaign.Stage == survey.ClosedStage, "step.reopen", path+"/reopen", "danger")
	case survey.SealedStage:
		publish := manage && a.Role.May(survey.PublishResults)
		add(publish && !v.Publication.Published(), "step.publish", path+"/publish", "")
		add(publish && v.Publication.Published(), "step.publication", path+"/publish", "secondary")
		add(a.Role.May(survey.ViewResults), "step.results", "/admin/results?campaign="+v.Campaign.ID.String(), "secondary")
		sheets := ""
		if v.Next.Key != "" { // one primary button a page
			sheets = "secondary"
		}
		add(a.Role.May(survey.ViewSheets), "step.sheets", path+"/sheets", sheets)
		add(true, "step.standings", path+"/standings", "secondary")
	}
}
