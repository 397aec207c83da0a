package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type enrolView struct {
	page.Frame
	faults
	listFilter
	Campaign campaignRow
	Projects []enrolRow
	Pager    pager
	Chosen   int    // of all projects, on whatever page
	Total    int    // projects of the owner's area
	Here     string // this page's address with its filter, for the form
}

type enrolRow struct {
	survey.Project
	Chosen bool
}

// showEnrolment asks which projects take part in a draft.
func (h *Handlers) showEnrolment(c *gin.Context) error {
	return h.renderEnrolment(c, http.StatusOK, nil, faults{})
}

// saveEnrolment changes the draft's list. A form says which projects it
// showed, and what it did not show stays as it is; one that says nothing of
// that replaces the whole list.
func (h *Handlers) saveEnrolment(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	ticked, err := idsOf(c, "project")
	if err != nil {
		return err
	}
	shown, err := idsOf(c, "shown")
	if err != nil {
		return err
	}
	ids, paged := ticked, false
	if all := c.PostForm("all"); all != "" || len(shown) > 0 {
		var total int
		if ids, total, err = h.enrolmentWith(c, campaign, shown, ticked); err != nil {
			return err
		}
		paged = all != "" || total > perPage
	}
	err = h.Store.Enrol(c.Request.Context(), actor(c), campaign.ID, ids)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderEnrolment(c, status, setOf(ids), f)
	}
	if err != nil {
		return err
	}
	if paged { // one page is done, others may follow
		return see(c, "/admin/campaigns/"+campaign.ID.String()+"/projects"+query(c, "done", "enrolled"))
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"?done=enrolled")
}

// enrolmentWith is the draft's list with the shown projects replaced by the
// ticked ones, or with all that the filter leaves put in ("in") or taken out
// ("out"); and how many projects the filter leaves.
func (h *Handlers) enrolmentWith(c *gin.Context, campaign survey.Campaign, shown, ticked []survey.ID) ([]survey.ID, int, error) {
	f, err := h.enrolFilter(c, campaign)
	if err != nil {
		return nil, 0, err
	}
	all, within := c.PostForm("all"), f.within
	if all == "" {
		within.Limit = 1 // only how many
	}
	projects, total, err := h.Store.Projects(c.Request.Context(), scope(c), within)
	if err != nil {
		return nil, 0, err
	}
	if all != "" {
		shown, ticked = nil, nil
		for _, p := range projects {
			shown = append(shown, p.ID)
		}
		if all == "in" {
			ticked = shown
		}
	}
	enrolments, err := h.Store.Enrolments(c.Request.Context(), scope(c), campaign.ID)
	if err != nil {
		return nil, 0, err
	}
	gone, ids := setOf(append(shown, ticked...)), []survey.ID{}
	for i := range enrolments {
		if id := enrolments[i].Project.ID; !gone[id] {
			ids = append(ids, id)
		}
	}
	return append(ids, ticked...), total, nil
}

// enrolFilter narrows the projects of the owner's area.
func (h *Handlers) enrolFilter(c *gin.Context, campaign survey.Campaign) (listFilter, error) {
	places, err := h.Store.Places(c.Request.Context(), scope(c))
	if err != nil {
		return listFilter{}, err
	}
	if campaign.Owner != 0 {
		var owned []survey.Place
		for _, p := range places {
			if p.District == campaign.Owner {
				owned = append(owned, p)
			}
		}
		places = owned
	}
	f := filterOf(c, places)
	if campaign.Owner != 0 {
		f.within.District = campaign.Owner
	}
	return f, nil
}

// renderEnrolment lists the projects of the owner's area; chosen is what was
// ticked just now, nil for what is enrolled.
func (h *Handlers) renderEnrolment(c *gin.Context, status int, chosen map[survey.ID]bool, f faults) error {
	campaign, err := h.stepCampaign(c, survey.Draft, "error.campaign.not_draft")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	if chosen == nil {
		enrolments, err := h.Store.Enrolments(ctx, scope(c), campaign.ID)
		if err != nil {
			return err
		}
		chosen = make(map[survey.ID]bool, len(enrolments))
		for i := range enrolments {
			chosen[enrolments[i].Project.ID] = true
		}
	}
	v := enrolView{
		Frame: h.campaignFrame(c, campaign, h.text(c, "enrol.title")), faults: f, Chosen: len(chosen),
		Campaign: rowOf(campaign, actor(c), h.Now()),
	}
	if v.listFilter, err = h.enrolFilter(c, campaign); err != nil {
		return err
	}
	projects, pages, err := h.projectsOnPage(c, v.within)
	if err != nil {
		return err
	}
	v.Pager, v.Total, v.Here = pages, pages.Total, v.Campaign.Path+"/projects"+query(c)
	if v.Narrows() {
		if _, v.Total, err = h.Store.Projects(ctx, scope(c), survey.ProjectFilter{District: campaign.Owner, Limit: 1}); err != nil {
			return err
		}
	}
	for _, p := range projects {
		v.Projects = append(v.Projects, enrolRow{p, chosen[p.ID]})
	}
	return h.present(c, status, "staff/enrol", v)
}

// idsOf reads the ids that a form sends by a name, each once.
func idsOf(c *gin.Context, name string) ([]survey.ID, error) {
	var ids []survey.ID
	known := map[survey.ID]bool{}
	for _, value := range c.PostFormArray(name) {
		id, err := survey.ParseID(value)
		if err != nil {
			return nil, err
		}
		if !known[id] {
			known[id], ids = true, append(ids, id)
		}
	}
	return ids, nil
}

func setOf(ids []survey.ID) map[survey.ID]bool {
	set := make(map[survey.ID]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
