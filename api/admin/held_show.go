package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The held pages answer: which answers wait, why, and who decided what?
type heldProjectsView struct {
	page.Frame
	listFilter
	Campaign  campaignRow
	Projects  []heldProject
	Pager     pager
	Decidable bool
}

type heldProject struct {
	Project   survey.Project
	Held      int64
	Proposals int
	Path      string
}

type heldView struct {
	page.Frame
	faults
	Campaign  campaignRow
	Project   survey.Project
	Held      []heldRow
	Proposals []proposalRow
	Path      string
	Reason    string
	Decision  string
	Decidable bool // until sealing
	Free      int  // held and not in any proposal
	More      int  // held and not listed here
}

// heldRow shows no bases and no lane: they split a building too finely.
type heldRow struct {
	ID       int64
	Number   int    // on this page, from 1: responses have no names
	Label    string // the group's buildings
	Reason   survey.Reason
	Proposal survey.ID // 0 while nobody proposed anything
	Chosen   bool
}

type proposalRow struct {
	survey.Proposal
	Own  bool
	Path string
}

// showHeldProjects lists the projects that have held answers.
func (h *Handlers) showHeldProjects(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	ctx, a := c.Request.Context(), actor(c)
	enrolments, err := h.Store.Enrolments(ctx, a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	proposals, err := h.Store.Proposals(ctx, a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	v := heldProjectsView{Frame: h.campaignFrame(c, campaign, h.text(c, "held.title")), Campaign: rowOf(campaign, a, h.Now())}
	v.Decidable = campaign.Stage != survey.SealedStage
	v.listFilter = filterAmong(c, enrolments)
	v.Projects, v.Pager = onPage(c, v.withHeld(enrolments, proposals))
	return h.present(c, http.StatusOK, "staff/held_projects", v)
}

// withHeld are the projects that pass the filter and have something to decide.
func (v *heldProjectsView) withHeld(enrolments []survey.Enrolment, proposals []survey.Proposal) []heldProject {
	waiting := map[survey.ID]int{}
	for _, p := range proposals {
		waiting[p.Project]++
	}
	var list []heldProject
	for _, e := range v.keptOf(enrolments) {
		p := heldProject{Held: e.Tally.InState(survey.Held), Proposals: waiting[e.Project.ID]}
		if p.Held > 0 || p.Proposals > 0 {
			p.Project, p.Path = e.Project, v.Campaign.Path+"/held/"+e.Project.ID.String()
			list = append(list, p)
		}
	}
	return list
}

// showHeld lists a project's held answers and what is proposed for them.
func (h *Handlers) showHeld(c *gin.Context) error {
	return h.renderHeld(c, http.StatusOK, faults{})
}

func (h *Handlers) renderHeld(c *gin.Context, status int, f faults) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	id, err := idParam(c, "project")
	if err != nil {
		return err
	}
	ctx, a := c.Request.Context(), actor(c)
	enrolment, _, err := h.Store.Enrolment(ctx, a.Scope, campaign.ID, id)
	if err != nil {
		return err
	}
	held, err := h.Store.Held(ctx, a.Scope, campaign.ID, id)
	if err != nil {
		return err
	}
	v := heldView{
		faults: f, Campaign: rowOf(campaign, a, h.Now()), Project: enrolment.Project,
		Reason: typed(c, "reason"), Decision: c.PostForm("decision"),
	}
	v.Decidable = campaign.Stage != survey.SealedStage && v.Campaign.May
	v.Path = v.Campaign.Path + "/held/" + id.String()
	chosen := map[int64]bool{}
	for _, r := range chosenResponses(c) {
		chosen[r] = true
	}
	if !exporting(c) {
		held, v.More = cut(held)
	}
	for _, r := range held {
		v.Held = append(v.Held, heldRow{r.ID, len(v.Held) + 1, r.Label, r.Reason, r.Proposal, chosen[r.ID]})
		if r.Proposal == 0 {
			v.Free++
		}
	}
	if v.Proposals, err = h.proposals(c, campaign.ID, id, v.Path); err != nil {
		return err
	}
	v.Frame = h.campaignFrame(c, campaign, enrolment.Project.Name, page.Crumb{Text: h.text(c, "held.title"), Path: v.Campaign.Path + "/held"})
	v.Frame.Path = v.Path
	return h.present(c, status, "staff/held", v)
}

func (h *Handlers) proposals(c *gin.Context, campaign, project survey.ID, path string) ([]proposalRow, error) {
	found, err := h.Store.Proposals(c.Request.Context(), scope(c), campaign)
	if err != nil {
		return nil, err
	}
	var list []proposalRow
	for _, p := range found {
		if p.Project == project {
			list = append(list, proposalRow{p, p.By == actor(c).Account, path + "/" + p.ID.String()})
		}
	}
	return list, nil
}
