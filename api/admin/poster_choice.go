package admin

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// posterFilter narrows the posters of a campaign by what stands in the
// address: the projects as everywhere, a building or place, and those that
// nobody scans.
type posterFilter struct {
	listFilter
	Building string
	Silent   bool

	building string          // as names are compared
	codes    map[string]bool // single posters, nil for all
	since    time.Time       // hung up then or later, zero for all
}

// posterFilterOf reads the filter of an address over the campaign's projects.
func posterFilterOf(c *gin.Context, enrolments []survey.Enrolment) posterFilter {
	f := posterFilter{listFilter: filterAmong(c, enrolments)}
	f.Building, f.Silent = strings.TrimSpace(c.Query("building")), c.Query("silent") != ""
	f.building = strings.ToLower(survey.NameKey(f.Building))
	f.codes = codesOf(c.QueryArray("poster"))
	if ms, err := strconv.ParseInt(c.Query("since"), 10, 64); err == nil {
		f.since = time.UnixMilli(ms)
	}
	return f
}

// Narrows says whether the filter may leave anything out.
func (f *posterFilter) Narrows() bool { return f.listFilter.Narrows() || f.looksClosely() }

// looksClosely says that each poster must be looked at.
func (f *posterFilter) looksClosely() bool { return f.building != "" || f.Silent }

// keepsPoster says whether a poster passes; its project passed before.
func (f *posterFilter) keepsPoster(p survey.PosterPlace, silence survey.Silence) bool {
	return (f.codes == nil || f.codes[p.Code]) && !p.Added.Before(f.since) && (!f.Silent || silence != survey.Scanned) &&
		(f.building == "" || strings.Contains(strings.ToLower(survey.NameKey(p.Building.Name)), f.building) ||
			strings.Contains(strings.ToLower(survey.NameKey(p.Name())), f.building))
}

// codesOf are the codes of an address, nil for none. Several stand side by side
// in one value: 500 of them are 4,000 characters, which every server on the
// way takes, and a parameter for each would be twice as many.
func codesOf(values []string) map[string]bool {
	if len(values) == 0 {
		return nil
	}
	codes := map[string]bool{}
	for _, value := range values {
		for one := range slices.Chunk([]byte(survey.NormalCode(value)), survey.PosterCodeLength) {
			codes[string(one)] = true
		}
	}
	return codes
}

// hungPoster is a poster with what is to be said of it now.
type hungPoster struct {
	survey.PosterPlace
	Silence survey.Silence
}

// hung judges the posters of whole projects, as the store lists them.
func (h *Handlers) hung(campaign survey.Campaign, posters []survey.PosterPlace) []hungPoster {
	now := h.Now()
	list := make([]hungPoster, 0, len(posters))
	for from := 0; from < len(posters); {
		to := from
		for to < len(posters) && posters[to].Project.ID == posters[from].Project.ID {
			to++
		}
		near := survey.LastOpened(posters[from:to])
		for _, p := range posters[from:to] {
			list = append(list, hungPoster{p, p.Silence(campaign, near, now)})
		}
		from = to
	}
	return list
}

// chosen are the posters that an address asks to print, in building order and
// without those that were retired: of a project, single ones by their codes,
// or what the filter of the studio shows.
func (h *Handlers) chosen(c *gin.Context, campaign survey.Campaign) ([]survey.PosterPlace, error) {
	ctx := c.Request.Context()
	projects, filter, err := h.chosenProjects(c, campaign)
	if err != nil || projects != nil && len(projects) == 0 {
		return nil, err
	}
	posters, err := h.Store.Posters(ctx, scope(c), campaign.ID, projects...)
	if err != nil {
		return nil, err
	}
	var list []survey.PosterPlace
	for _, p := range h.hung(campaign, posters) {
		if !p.Retired && filter.keepsPoster(p.PosterPlace, p.Silence) {
			list = append(list, p.PosterPlace)
		}
	}
	return list, nil
}

// chosenProjects are those of the posters asked for; nil is all in scope.
func (h *Handlers) chosenProjects(c *gin.Context, campaign survey.Campaign) ([]survey.ID, posterFilter, error) {
	if value := c.Query("project"); value != "" {
		project, err := survey.ParseID(value)
		return []survey.ID{project}, posterFilterOf(c, nil), err
	}
	filter := posterFilterOf(c, nil)
	if !filter.Narrows() {
		return nil, filter, nil
	}
	enrolments, err := h.Store.Enrolments(c.Request.Context(), scope(c), campaign.ID)
	if err != nil {
		return nil, filter, err
	}
	filter = posterFilterOf(c, enrolments)
	projects := make([]survey.ID, 0, len(enrolments))
	for _, e := range filter.keptOf(enrolments) {
		projects = append(projects, e.Project.ID)
	}
	return projects, filter, nil
}
