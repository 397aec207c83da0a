package admin

import (
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The standings answer: which projects are clearly above 90 %, clearly below
// 60 %, borderline or short of answers?
type standingsView struct {
	page.Frame
	listFilter
	Campaign                          campaignRow
	Figures                           figures // of what the filter leaves
	Rows                              []standingRow
	Sums                              []sumTable
	MoreSums                          bool // there are sums further down, once an area is chosen
	Pager                             pager
	Lights                            []word
	Light                             string
	Short                             bool
	AsOf                              time.Time
	Live                              bool // the figures still move
	Refresh                           bool // the page refreshes itself without script
	LivePath                          string
	HiddenByRole, Pending, Indicative bool

	kept []*survey.Glance // all that the filter leaves, in league order
	row  func(*survey.Glance) standingRow
}

// sumTable is the sums of one level.
type sumTable struct {
	Level string // "community", "subdistrict" or "district"
	Rows  []sumRow
}

type sumRow struct {
	survey.Sum
	Path string // the standings of this place
}

// showStandings lists a campaign's projects in league order. All of them are
// looked at; those of the page are judged.
func (h *Handlers) showStandings(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	a, now := actor(c), h.Now()
	v := standingsView{
		Frame: h.campaignFrame(c, campaign, h.text(c, "standings.title")), Campaign: rowOf(campaign, a, now),
		Light: c.Query("light"), Short: c.Query("short") != "", AsOf: now,
		Refresh: c.Query("live") != "", LivePath: query(c, "live", "1"),
	}
	v.Live = v.Campaign.Running()
	enrolments, err := h.Store.Enrolments(c.Request.Context(), a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	v.listFilter = filterOf(c, placesOf(enrolments))
	kept := slices.DeleteFunc(survey.Glances(campaign, enrolments, a.Role, now), func(g *survey.Glance) bool { return !v.keeps(g) })
	v.Figures = figuresOf(kept)
	v.addSums(c, kept)
	survey.SortGlances(kept)
	v.kept, v.row = kept, func(g *survey.Glance) standingRow {
		return standingOf(survey.Stand(campaign, *g.Enrolment, a.Role, now), v.Campaign.Path+"/standings")
	}
	if !exporting(c) { // which makes its rows one by one
		var shown []*survey.Glance
		shown, v.Pager = onPage(c, kept)
		for _, g := range shown {
			v.Rows = append(v.Rows, v.row(g))
		}
	}
	for _, l := range lights() {
		v.Lights = append(v.Lights, lightWord(l))
	}
	v.HiddenByRole = v.Figures.Hidden == survey.HiddenByRole
	v.Pending = v.Figures.Held > 0
	v.Indicative = campaign.Admission == survey.ByOpen
	return h.present(c, 200, "staff/standings", v)
}

// Narrows says whether the address may leave any project out.
func (v standingsView) Narrows() bool { return v.listFilter.Narrows() || v.Light != "" || v.Short }

// keeps says whether a row passes the filters of the address.
func (v *standingsView) keeps(g *survey.Glance) bool {
	return (v.Light == "" || g.Owner.Light == v.Light) && (!v.Short || g.Missing() > 0) && v.listFilter.keeps(&g.Project)
}

// addSums adds the rows up by community, subdistrict and district: sums of
// counts, never means of percentages (RULES §3). Places above the actor's own
// are left out: a sum of a part must not carry the name of the whole. Below
// the chosen place comes one level, and what lies further down only where it
// is no longer than a page: from the general to the specific.
func (v *standingsView) addSums(c *gin.Context, rows []*survey.Glance) {
	next := max(v.level(), levelOf(scope(c))) + 1
	for _, level := range []struct {
		name string
		at   survey.Level
	}{{"community", survey.CommunityLevel}, {"subdistrict", survey.SubdistrictLevel}, {"district", survey.DistrictLevel}} {
		if level.at < levelOf(scope(c)) {
			break
		}
		sums := survey.Sums(rows, level.at)
		if len(sums) > perPage && level.at > next && !exporting(c) {
			v.MoreSums = true
			continue
		}
		table := sumTable{Level: level.name}
		for _, sum := range sums {
			id, _ := own(sum.Place)
			table.Rows = append(table.Rows, sumRow{sum, query(c, "place", id.String(), "page", "", "live", "")})
		}
		if len(table.Rows) > 0 {
			v.Sums = append(v.Sums, table)
		}
	}
}

// levelOf is the level of the place that a scope is bound to.
func levelOf(s survey.Scope) survey.Level {
	switch {
	case s.Community != 0:
		return survey.CommunityLevel
	case s.Subdistrict != 0:
		return survey.SubdistrictLevel
	}
	return survey.CityLevel
}
