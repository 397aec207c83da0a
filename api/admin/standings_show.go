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
	standingsFilter
	Campaign                          campaignRow
	Others                            []page.Tab // other campaigns, with the same filter
	Figures                           figures    // of what the filter leaves
	Rows                              []standingRow
	Sums                              []sumTable
	Leads                             string // the level of sums that comes before the projects, "" for none
	MoreSums                          bool   // there are sums further down, once an area is chosen
	Pager                             pager
	Columns                           map[string]sortColumn
	AsOf                              time.Time
	Live                              bool // the figures still move
	Refresh                           bool // the page refreshes itself without script
	LivePath                          string
	HiddenByRole, Pending, Indicative bool

	kept []*survey.Glance // all that the filter leaves, in their order
	row  func(*survey.Glance) standingRow
}

// sortColumn is a column by which a table can be put in order.
type sortColumn struct{ Path, Aria string } // Aria is "ascending", "descending" or ""

// showStandings lists a campaign's projects. All of them are looked at; those
// of the page are judged.
func (h *Handlers) showStandings(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	a, now := actor(c), h.Now()
	v := standingsView{
		Frame: h.campaignFrame(c, campaign, h.text(c, "standings.title")), Campaign: rowOf(campaign, a, now), AsOf: now,
		Refresh: c.Query("live") != "", LivePath: liveOther(c), HiddenByRole: campaign.HidesFigures(a.Role, now),
	}
	v.Live = v.Campaign.Running()
	enrolments, err := h.Store.Enrolments(c.Request.Context(), a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	v.standingsFilter = standingsFilterOf(c, enrolments, v.HiddenByRole)
	v.say(teller{h, c})
	h.addPlaceCrumbs(c, v.Frame, v.Campaign.Path+"/standings", v.open)
	kept := slices.DeleteFunc(survey.Glances(campaign, enrolments, a.Role, now), func(g *survey.Glance) bool { return !v.keepsGlance(g) })
	v.Figures = figuresOf(kept)
	v.Figures.Paths = tilePaths(func(pairs ...string) string { return query(c, append(pairs, "page", "", "live", "")...) })
	v.addSums(c, kept)
	survey.OrderGlances(kept, v.Order, v.Reversed)
	deeper := carryTo(c, "standings")
	v.kept, v.row = kept, func(g *survey.Glance) standingRow {
		row := standingOf(survey.Stand(campaign, *g.Enrolment, a.Role, now), v.Campaign.Path+"/standings")
		row.Path += deeper
		return row
	}
	if !exporting(c) { // which makes its rows one by one
		var shown []*survey.Glance
		shown, v.Pager = onPage(c, kept)
		for _, g := range shown {
			v.Rows = append(v.Rows, v.row(g))
		}
		v.Columns = sortColumns(c, v.Order, v.Reversed)
		if v.Others, err = h.otherCampaigns(c, campaign, "standings"); err != nil {
			return err
		}
	}
	v.Pending = slices.ContainsFunc(kept, func(g *survey.Glance) bool { return g.Pending })
	v.Indicative = campaign.Admission == survey.ByOpen
	return h.present(c, 200, "staff/standings", v)
}

// sortColumns are the columns by which the standings can be put in order:
// asked for again, an order is turned round.
func sortColumns(c *gin.Context, by survey.Order, reversed bool) map[string]sortColumn {
	columns := map[string]sortColumn{}
	for _, order := range orders() {
		down := order != survey.ByName // numbers begin with the highest
		column, sort := sortColumn{}, string(order)
		if order == by {
			if column.Aria = "ascending"; down != reversed {
				column.Aria = "descending"
			}
			if !reversed && order != survey.League {
				sort = "-" + sort
			}
		}
		column.Path = query(c, "sort", sort, "page", "", "live", "")
		columns[orderName(order)] = column
	}
	return columns
}

// orderName is an order as the page calls its column.
func orderName(o survey.Order) string {
	if o == survey.League {
		return "league"
	}
	return string(o)
}

// mostOthers is how many other campaigns a page leads to.
const mostOthers = 12

// otherCampaigns are the other campaigns that have begun, with the filter of
// the page.
func (h *Handlers) otherCampaigns(c *gin.Context, here survey.Campaign, tab string) ([]page.Tab, error) {
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return nil, err
	}
	var list []page.Tab
	for _, one := range campaigns {
		if one.ID != here.ID && one.Stage != survey.Draft && len(list) < mostOthers {
			list = append(list, page.Tab{Text: one.Name, Path: "/admin/campaigns/" + one.ID.String() + "/" + tab + carryTo(c, tab)})
		}
	}
	return list, nil
}

// addPlaceCrumbs puts the path of the chosen area at the end of the steps,
// down to it, with the rest of the filter.
func (h *Handlers) addPlaceCrumbs(c *gin.Context, f page.Frame, path string, open survey.Place) {
	if f.Staff == nil || open == (survey.Place{}) {
		return
	}
	crumbs := f.Staff.Crumbs
	crumbs[len(crumbs)-1].Path = path + query(c, "place", "", "page", "", "live", "")
	for _, level := range []survey.Level{survey.DistrictLevel, survey.SubdistrictLevel, survey.CommunityLevel} {
		p := open.At(level)
		if level < levelOf(scope(c)) || level > survey.DistrictLevel && p == open.At(level-1) {
			continue
		}
		id, _ := own(p)
		crumbs = append(crumbs, page.Crumb{Text: p.Name(), Path: path + query(c, "place", id.String(), "page", "", "live", "")})
	}
	crumbs[len(crumbs)-1].Path = ""
	f.Staff.Crumbs = crumbs
}
