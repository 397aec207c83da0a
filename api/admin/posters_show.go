package admin

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The studio's page answers: which posters hang where, and which does nobody
// scan?
type postersView struct {
	page.Frame
	posterFilter
	Part      bool // of a project only some posters are shown, so that no sum of answers stands there
	Campaigns []campaignRow
	Chosen    *campaignRow
	Projects  []posterProject
	Pager     pager
	Total     int // posters in use that the filter shows, -1 where they are not counted
	Forms     []string
	PrintAll  string // the print of everything shown
	Words     string // where the wording is changed, "" where one may not
	Manages   bool   // may add posters now
}

// posterProject is a project with those of its posters that are shown.
type posterProject struct {
	Project survey.Project
	Posters []posterRow
	Count   int // in use
	Opens   int64
	Answers int64 // of the whole project; of single posters none are summed up
	Silent  int
	Print   string
	Add     string
}

// posterRow is one poster in a list.
type posterRow struct {
	hungPoster
	Path string
}

// showPosters shows the posters of a campaign, by project.
func (h *Handlers) showPosters(c *gin.Context) error {
	title := h.text(c, "posters.title")
	v := postersView{Frame: h.frame(c, "posters", title, page.Crumb{Text: title}), Forms: posterForms()}
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	wanted := c.Query("campaign")
	for _, one := range campaigns {
		row := rowOf(one, actor(c), h.Now())
		if !row.Started() || one.Stage == survey.SealedStage && wanted != one.ID.String() {
			continue
		}
		v.Campaigns = append(v.Campaigns, row)
		if v.Chosen == nil && (wanted == "" || wanted == one.ID.String()) {
			v.Chosen = &row
		}
	}
	if v.Chosen == nil && wanted != "" {
		return survey.NotFoundError("error.not_found")
	}
	if v.Chosen != nil {
		if err := h.posterProjects(c, &v); err != nil {
			return err
		}
	}
	return h.present(c, http.StatusOK, "staff/posters", &v)
}

// posterProjects fills in the projects of the page and their posters.
func (h *Handlers) posterProjects(c *gin.Context, v *postersView) error {
	ctx, id := c.Request.Context(), v.Chosen.ID
	enrolments, err := h.Store.Enrolments(ctx, scope(c), id)
	if err != nil {
		return err
	}
	v.posterFilter = posterFilterOf(c, enrolments)
	v.Part = v.looksClosely()
	v.Manages = may(c, survey.ManagePosters) && v.Chosen.Stage == survey.OpenStage
	if v.Chosen.May && v.Chosen.Stage != survey.SealedStage {
		v.Words = v.Chosen.Path + "/poster"
	}
	kept := v.keptOf(enrolments)
	shown := kept
	if !v.looksClosely() { // then the posters of the page are enough
		shown, v.Pager = onPage(c, kept)
	}
	posters, err := h.postersOf(c, v.Chosen.Campaign, shown)
	if err != nil {
		return err
	}
	projects := v.byProject(posters, shown)
	if v.looksClosely() {
		for _, p := range projects {
			v.Total += p.Count
		}
		v.Projects, v.Pager = onPage(c, projects)
	} else {
		v.Projects = projects
		if v.Total, err = h.posterTotal(c, v, len(kept) == len(shown)); err != nil {
			return err
		}
	}
	if v.Total != 0 {
		v.PrintAll = printPath(id) + v.printQuery()
	}
	return nil
}

// posterTotal is how many posters in use the filter shows: -1 for a part of a
// list that is not counted.
func (h *Handlers) posterTotal(c *gin.Context, v *postersView, whole bool) (int, error) {
	if !v.Narrows() {
		return h.Store.PosterCount(c.Request.Context(), scope(c), v.Chosen.ID)
	}
	if !whole {
		return -1, nil
	}
	total := 0
	for _, p := range v.Projects {
		total += p.Count
	}
	return total, nil
}

// postersOf are the posters of some projects.
func (h *Handlers) postersOf(c *gin.Context, campaign survey.Campaign, enrolments []*survey.Enrolment) ([]hungPoster, error) {
	if len(enrolments) == 0 {
		return nil, nil
	}
	projects := make([]survey.ID, len(enrolments))
	for i, e := range enrolments {
		projects[i] = e.Project.ID
	}
	posters, err := h.Store.Posters(c.Request.Context(), scope(c), campaign.ID, projects...)
	if err != nil {
		return nil, err
	}
	return h.hung(campaign, posters), nil
}

// byProject puts the posters that pass the filter to their projects, in their
// order; where the filter looks closely, projects without one are left out.
func (v *postersView) byProject(posters []hungPoster, enrolments []*survey.Enrolment) []posterProject {
	at := make(map[survey.ID]int, len(enrolments))
	list := make([]posterProject, 0, len(enrolments))
	for _, e := range enrolments {
		at[e.Project.ID] = len(list)
		of := "&project=" + e.Project.ID.String()
		list = append(list, posterProject{
			Project: e.Project, Print: printPath(v.Chosen.ID) + of, Add: "/admin/posters/add?campaign=" + v.Chosen.ID.String() + of,
		})
	}
	for _, p := range posters {
		i, known := at[p.Project.ID]
		if !known {
			continue
		}
		// Whatever the filter shows: a sum of what it leaves would be a single
		// poster's answers where it leaves one (see survey.ShowsAnswers).
		list[i].Answers += p.Answers
		if v.keepsPoster(p.PosterPlace, p.Silence) {
			list[i].add(p)
		}
	}
	if !v.looksClosely() {
		return list
	}
	some := list[:0]
	for _, p := range list {
		if len(p.Posters) > 0 {
			some = append(some, p)
		}
	}
	return some
}

// add counts in a poster that is shown.
func (p *posterProject) add(one hungPoster) {
	p.Posters = append(p.Posters, posterRow{one, "/admin/posters/" + one.Code})
	p.Opens += one.Opens
	if !one.Retired {
		p.Count++
	}
	if one.Silence != survey.Scanned {
		p.Silent++
	}
}

// printPath is where a campaign's posters are printed.
func printPath(campaign survey.ID) string {
	return "/admin/posters/print?campaign=" + campaign.String()
}

// printQuery carries the filter on to the print.
func (f *posterFilter) printQuery() string {
	values := url.Values{}
	for name, value := range map[string]string{"q": f.Search, "place": f.Place, "building": f.Building} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if f.Silent {
		values.Set("silent", "1")
	}
	if len(values) == 0 {
		return ""
	}
	return "&" + values.Encode()
}
