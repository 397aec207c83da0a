package admin

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// showNewCampaign asks for a campaign, with what most will want filled in:
// from tomorrow for two weeks.
func (h *Handlers) showNewCampaign(c *gin.Context) error {
	today := h.Now().In(page.Beijing())
	opens := time.Date(today.Year(), today.Month(), today.Day()+1, 8, 0, 0, 0, page.Beijing())
	closes := opens.AddDate(0, 0, 14).Add(12 * time.Hour)
	form := campaignForm{
		Name: h.text(c, "campaign.name.default", "Year", today.Year()), Admission: string(survey.ByRoom),
		Opens: page.Minute(opens), Closes: page.Minute(closes), Publishes: dayValue(survey.DefaultPublishes(closes)),
		Full: "5", Provisional: "8",
	}
	return h.renderNewCampaign(c, http.StatusOK, form, faults{})
}

// saveNewCampaign adds a draft.
func (h *Handlers) saveNewCampaign(c *gin.Context) error {
	form := typedCampaign(c)
	draft := form.campaign()
	err := h.ownerOf(c, form, &draft)
	if err == nil {
		err = draft.Check()
	}
	if err == nil {
		err = form.check()
	}
	var added survey.Campaign
	if err == nil {
		added, err = h.Store.AddCampaign(c.Request.Context(), actor(c), draft)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderNewCampaign(c, status, form, f)
	}
	if err != nil {
		return err
	}
	path := "/admin/campaigns/" + added.ID.String()
	if c.PostForm("then") == "open" { // most have nothing to change in between
		path += "/open"
	}
	return see(c, path+"?done=added")
}

// ownerOf reads who owns the new campaign and the activity it belongs to.
func (h *Handlers) ownerOf(c *gin.Context, form campaignForm, draft *survey.Campaign) error {
	owners, err := h.owners(c)
	if err != nil {
		return err
	}
	known := false
	for _, o := range owners {
		known = known || o.Value == form.Owner
	}
	if !known {
		return survey.Fail(survey.Invalid, "error.campaign.owner").Field("owner", "error.campaign.owner")
	}
	if form.Owner != cityOwner {
		if draft.Owner, err = survey.ParseID(form.Owner); err != nil {
			return err
		}
	}
	activities, err := h.activities(c)
	if err != nil {
		return err
	}
	for _, a := range activities {
		if a.ID.String() == form.Activity || form.Activity == "" && draft.Activity == 0 {
			draft.Activity = a.ID
		}
	}
	if draft.Activity == 0 {
		return survey.Fail(survey.Invalid, "error.campaign.activity").Field("activity", "error.campaign.activity")
	}
	return nil
}

// activities are those that a new campaign can belong to: the newest first,
// and none that has ended.
func (h *Handlers) activities(c *gin.Context) ([]survey.Activity, error) {
	all, err := h.Store.Activities(c.Request.Context())
	return slices.DeleteFunc(all, func(a survey.Activity) bool { return !a.Ended.IsZero() }), err
}

// owners are the districts (and the city) whose campaigns the actor manages.
func (h *Handlers) owners(c *gin.Context) ([]placeChoice, error) {
	places, err := h.Store.Places(c.Request.Context(), scope(c))
	if err != nil {
		return nil, err
	}
	var list []placeChoice
	for _, p := range places {
		if id, level := own(p); level == 1 && scope(c).Manages(id) {
			list = append(list, placeChoice{id.String(), p.Name(), level})
		}
	}
	if scope(c).Manages(0) {
		list = append(list, placeChoice{cityOwner, h.text(c, "scope.city"), 1})
	}
	return list, nil
}

func (h *Handlers) renderNewCampaign(c *gin.Context, status int, form campaignForm, f faults) error {
	v := campaignFormView{faults: f, Form: form, New: true, Path: c.Request.URL.Path}
	var err error
	if v.Owners, err = h.owners(c); err != nil {
		return err
	}
	if v.Activities, err = h.activities(c); err != nil {
		return err
	}
	title := h.text(c, "campaign.new")
	v.Frame = h.frame(c, "campaigns", title,
		page.Crumb{Text: h.text(c, "campaigns.title"), Path: "/admin/campaigns"}, page.Crumb{Text: title})
	h.Pages.Show(c, status, "staff/campaign_form", v)
	return nil
}
