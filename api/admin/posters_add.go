package admin

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/survey"
)

// The page answers: where shall one more poster hang?
type newPostersView struct {
	page.Frame
	faults
	Campaign  campaignRow
	Project   survey.Project
	Buildings []buildingChoice
	Missing   int // units of the project without a poster of their own
	Building  string
	Unit      string
	Place     string
	Back      string
	Digits    int // of a unit's number
}

// buildingChoice is a building with what hangs there.
type buildingChoice struct {
	survey.Building
	Posters int // in use
	Missing int // units without a poster of their own
}

// hangingIn are the buildings of an enrolled project as they were when its
// campaign opened, in building order, with their posters.
func (h *Handlers) hangingIn(c *gin.Context, campaign, project survey.ID) ([]survey.Building, []survey.PosterPlace, error) {
	ctx := c.Request.Context()
	_, groups, err := h.Store.Enrolment(ctx, scope(c), campaign, project)
	if err != nil {
		return nil, nil, err
	}
	posters, err := h.Store.Posters(ctx, scope(c), campaign, project)
	if err != nil {
		return nil, nil, err
	}
	seen := map[survey.ID]bool{}
	var buildings []survey.Building
	add := func(b survey.Building) {
		if !seen[b.ID] {
			seen[b.ID] = true
			buildings = append(buildings, b)
		}
	}
	for _, p := range posters { // they are in order
		add(p.Building)
	}
	for _, g := range groups {
		for _, b := range g.Buildings {
			add(b)
		}
	}
	return buildings, posters, nil
}

// missingUnits are the posters that units of a building lack: one for each
// unit that has none of its own. One unit has the building's.
func (h *Handlers) missingUnits(b survey.Building, posters []survey.PosterPlace) []survey.NewPoster {
	if b.Units == nil || *b.Units < 2 {
		return nil
	}
	has := map[int]bool{}
	for _, p := range posters {
		if p.Building.ID == b.ID && !p.Retired {
			has[p.Unit] = true
		}
	}
	var list []survey.NewPoster
	for unit := 1; unit <= *b.Units; unit++ {
		if !has[unit] {
			// What is printed is Chinese, whoever prints it.
			place := h.Pages.TextIn(lang.Default, "poster.place.unit", survey.Args{"Building": b.Name, "Unit": unit})
			list = append(list, survey.NewPoster{Building: b.ID, Unit: unit, Place: place})
		}
	}
	return list
}

// showNewPosters asks where another poster shall hang.
func (h *Handlers) showNewPosters(c *gin.Context) error {
	v := newPostersView{Building: c.Query("building"), Unit: c.Query("unit"), Place: c.Query("at")}
	return h.renderNewPosters(c, http.StatusOK, v, c.Query("campaign"), c.Query("project"))
}

func (h *Handlers) renderNewPosters(c *gin.Context, status int, v newPostersView, campaignID, projectID string) error {
	campaign, project, err := h.hungIn(c, campaignID, projectID)
	if err != nil {
		return err
	}
	buildings, posters, err := h.hangingIn(c, campaign.ID, project.ID)
	if err != nil {
		return err
	}
	for _, b := range buildings {
		one := buildingChoice{Building: b, Missing: len(h.missingUnits(b, posters))}
		for _, p := range posters {
			if p.Building.ID == b.ID && !p.Retired {
				one.Posters++
			}
		}
		v.Missing += one.Missing
		v.Buildings = append(v.Buildings, one)
	}
	v.Campaign, v.Project = rowOf(campaign, actor(c), h.Now()), project
	v.Back = "/admin/posters?campaign=" + campaign.ID.String()
	v.Digits = len(strconv.Itoa(survey.MostUnits))
	title := h.text(c, "posters.add.title", "Name", project.Name)
	v.Frame = h.frame(c, "posters", title, h.posterCrumb(c, campaign.ID), page.Crumb{Text: title})
	v.Frame.Path = "/admin/posters/add?campaign=" + campaign.ID.String() + "&project=" + project.ID.String()
	h.Pages.Show(c, status, "staff/posters_add", v)
	return nil
}

// hungIn loads campaign and project of a form or an address.
func (h *Handlers) hungIn(c *gin.Context, campaignID, projectID string) (survey.Campaign, survey.Project, error) {
	id, err := survey.ParseID(campaignID)
	if err != nil {
		return survey.Campaign{}, survey.Project{}, err
	}
	campaign, err := h.Store.Campaign(c.Request.Context(), scope(c), id)
	if err != nil {
		return survey.Campaign{}, survey.Project{}, err
	}
	if id, err = survey.ParseID(projectID); err != nil {
		return survey.Campaign{}, survey.Project{}, err
	}
	project, err := h.Store.Project(c.Request.Context(), scope(c), id)
	return campaign, project, err
}

// saveNewPosters adds posters: one at a place, or one for each unit of a
// building or of the whole project. What was added is offered for print.
func (h *Handlers) saveNewPosters(c *gin.Context) error {
	campaignID, projectID := typed(c, "campaign"), typed(c, "project")
	campaign, project, err := h.hungIn(c, campaignID, projectID)
	if err != nil {
		return err
	}
	posters, err := h.typedPosters(c, campaign.ID, project.ID)
	var added []survey.PosterPlace
	if err == nil {
		added, err = h.Store.AddPosters(c.Request.Context(), actor(c), campaign.ID, project.ID, posters)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v := newPostersView{faults: f, Building: typed(c, "building"), Unit: typed(c, "unit"), Place: typed(c, "place")}
		return h.renderNewPosters(c, status, v, campaignID, projectID)
	}
	if err != nil {
		return err
	}
	since := slices.MinFunc(added, func(a, b survey.PosterPlace) int { return a.Added.Compare(b.Added) }).Added
	return see(c, printPath(campaign.ID)+"&project="+project.ID.String()+"&since="+strconv.FormatInt(since.UnixMilli(), 10)+"&done=posters_added")
}

// typedPosters are the posters that the form asks for.
func (h *Handlers) typedPosters(c *gin.Context, campaign, project survey.ID) ([]survey.NewPoster, error) {
	every := typed(c, "every")
	if every == "" {
		building, err := survey.ParseID(typed(c, "building"))
		if err != nil {
			return nil, survey.Fail(survey.Invalid, "error.posters.building").Field("building", "error.posters.building")
		}
		unit, err := strconv.Atoi(typed(c, "unit"))
		if err != nil && typed(c, "unit") != "" {
			return nil, survey.Fail(survey.Invalid, "error.posters.unit").Field("unit", "error.posters.unit")
		}
		return []survey.NewPoster{{Building: building, Unit: unit, Place: typed(c, "place")}}, nil
	}
	buildings, posters, err := h.hangingIn(c, campaign, project)
	if err != nil {
		return nil, err
	}
	var list []survey.NewPoster
	for _, b := range buildings {
		if every == "all" || every == b.ID.String() {
			list = append(list, h.missingUnits(b, posters)...)
		}
	}
	if len(list) == 0 {
		return nil, survey.Fail(survey.Conflict, "error.posters.units")
	}
	return list, nil
}
