package admin

import (
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// standingsPerPage is how many projects the table shows at once: a district
// on two pages at most.
const standingsPerPage = 200

// The standings answer: which projects are clearly above 90 %, clearly below
// 60 %, borderline or short of answers?
type standingsView struct {
	page.Frame
	Campaign                          campaignRow
	Figures                           figures // of what the filter leaves
	Rows                              []standingRow
	Sums                              []sumTable
	Pager                             pager
	Lights                            []word
	Light, Place                      string
	Short                             bool
	Places                            []placeChoice
	Filtered                          bool
	AsOf                              time.Time
	Live                              bool // the figures still move
	Refresh                           bool // the page refreshes itself without script
	LivePath                          string
	HiddenByRole, Pending, Indicative bool
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

// showStandings lists a campaign's projects in league order.
func (h *Handlers) showStandings(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	ctx, a, now := c.Request.Context(), actor(c), h.Now()
	v := standingsView{
		Frame: h.campaignFrame(c, campaign, h.text(c, "standings.title")), Campaign: rowOf(campaign, a, now),
		Light: c.Query("light"), Place: c.Query("place"), Short: c.Query("short") != "", AsOf: now,
		Refresh: c.Query("live") != "", LivePath: query(c, "live", "1"),
	}
	v.Live = v.Campaign.Running()
	v.Filtered = v.Light != "" || v.Place != "" || v.Short
	enrolments, err := h.Store.Enrolments(ctx, a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	places, err := h.Store.Places(ctx, a.Scope)
	if err != nil {
		return err
	}
	all := stand(campaign, enrolments, a.Role, now)
	kept := slices.DeleteFunc(slices.Clone(all), func(s survey.Standing) bool { return !v.keeps(s, places) })
	v.Figures, v.Pager = figuresOf(kept), pagerOf(c, len(kept), standingsPerPage)
	for _, s := range kept[max(0, v.Pager.From-1):v.Pager.To] {
		v.Rows = append(v.Rows, standingOf(s, v.Campaign.Path+"/standings"))
	}
	v.Sums, v.Places = sumsOf(c, kept), placesOf(all, places)
	for _, l := range lights() {
		v.Lights = append(v.Lights, lightWord(l))
	}
	v.HiddenByRole = v.Figures.Hidden == survey.HiddenByRole
	v.Pending = v.Figures.Held > 0
	v.Indicative = campaign.Admission == survey.ByOpen
	h.Pages.Show(c, 200, "staff/standings", v)
	return nil
}

// keeps says whether a row passes the filters of the address.
func (v standingsView) keeps(s survey.Standing, places []survey.Place) bool {
	if v.Light != "" && s.Owner.Light != v.Light {
		return false
	}
	if v.Short && missing(s) == 0 {
		return false
	}
	f := filterOf(places, v.Place)
	p := s.Project.Place
	return (f.District == 0 || p.District == f.District) && (f.Subdistrict == 0 || p.Subdistrict == f.Subdistrict) &&
		(f.Community == 0 || p.Community == f.Community)
}

// placesOf are the places in which the campaign has projects.
func placesOf(rows []survey.Standing, places []survey.Place) []placeChoice {
	used := map[survey.ID]bool{}
	for _, s := range rows {
		p := s.Project.Place
		used[p.District], used[p.Subdistrict], used[p.Community] = true, true, true
	}
	return choicesOf(slices.DeleteFunc(slices.Clone(places), func(p survey.Place) bool {
		id, _ := own(p)
		return !used[id]
	}))
}

// sumsOf adds the rows up by community, subdistrict and district: sums of
// counts, never means of percentages (RULES §3). Places above the actor's own
// are left out: a sum of a part must not carry the name of the whole.
func sumsOf(c *gin.Context, rows []survey.Standing) []sumTable {
	var tables []sumTable
	for _, level := range []struct {
		name string
		at   survey.Level
	}{{"community", survey.CommunityLevel}, {"subdistrict", survey.SubdistrictLevel}, {"district", survey.DistrictLevel}} {
		if level.at < levelOf(scope(c)) {
			break
		}
		table := sumTable{Level: level.name}
		for _, sum := range survey.Sums(rows, level.at) {
			id, _ := own(sum.Place)
			table.Rows = append(table.Rows, sumRow{sum, query(c, "place", id.String(), "page", "", "live", "")})
		}
		if len(table.Rows) > 0 {
			tables = append(tables, table)
		}
	}
	return tables
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
