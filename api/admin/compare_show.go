package admin

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/chart"
	"meihao/api/page"
	"meihao/survey"
)

// The comparison answers: what changed since the other campaign, and is it
// larger than chance?
type compareView struct {
	page.Frame
	listFilter
	Campaign campaignRow
	With     *campaignRow // the other one, nil where there is none
	// Before and After are these two in the order of their openings: a rise is
	// one in time, from whichever page it is looked at.
	Before, After *campaignRow
	Carry         string // the filter, for links to what else there is of a campaign
	Choices       []survey.Campaign
	Cautions      []string
	Base          string // "" owners, "resident"
	Change, Sort  string
	All           survey.ComparedSum // of what the filter leaves
	Tiles         []changeTile
	Sums          []comparedSums
	Rows          []comparedRow
	Chart         chart.Rows
	Pager         pager
	Gone          int // projects of the other campaign that are not in this one
	AsOf          time.Time
	HiddenByRole  bool

	kept []survey.ComparedProject // in their order
}

// changeTile counts the projects with one word and leads to them.
type changeTile struct {
	Word  word
	Count int
	Path  string
	Here  bool
}

// comparedSums is the sums of one level.
type comparedSums struct {
	Level string
	Rows  []comparedSum
}

type comparedSum struct {
	survey.ComparedSum
	Path string
}

// comparedRow is one project's line.
type comparedRow struct {
	survey.ComparedProject
	Word   word
	Reason string // why not, where it cannot be compared
	Path   string
}

// compareSorts are the orders of the table; the largest fall comes first where
// the address says nothing.
func compareSorts() []string { return []string{"fall", "rise", "register"} }

func (h *Handlers) showComparison(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	a, now := actor(c), h.Now()
	v := compareView{
		Frame: h.campaignFrame(c, campaign, h.text(c, "compare.title")), Campaign: rowOf(campaign, a, now), AsOf: now,
		Sort: "fall", Carry: carry(c),
	}
	if sort := c.Query("sort"); slices.Contains(compareSorts(), sort) {
		v.Sort = sort
	}
	if change := survey.Change(c.Query("change")); slices.Contains(survey.Changes(), change) {
		v.Change = string(change)
	}
	if c.Query("base") == "resident" {
		v.Base = "resident"
	}
	if err := h.chooseOther(c, &v, campaign); err != nil {
		return err
	}
	if v.With == nil {
		v.listFilter = filterOf(c, nil)
		return h.present(c, http.StatusOK, "staff/compare", v)
	}
	v.Before, v.After = v.With, &v.Campaign
	if survey.Earlier(campaign, v.With.Campaign) {
		v.Before, v.After = v.After, v.Before
	}
	v.HiddenByRole = campaign.HidesFigures(a.Role, now) || v.With.HidesFigures(a.Role, now)
	v.Cautions = survey.Cautions(v.Before.Campaign, v.After.Campaign, !campaign.Ended(now) || !v.With.Ended(now))
	if err := h.compare(c, &v); err != nil {
		return err
	}
	return h.present(c, http.StatusOK, "staff/compare", v)
}

// chooseOther finds the campaign to compare with: the one that the address
// names, else the one before.
func (h *Handlers) chooseOther(c *gin.Context, v *compareView, campaign survey.Campaign) error {
	all, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.ID != campaign.ID && one.Stage != survey.Draft {
			v.Choices = append(v.Choices, one)
		}
	}
	other := campaignBefore(all, campaign, v.AsOf)
	if asked := c.Query("with"); asked != "" {
		i := slices.IndexFunc(v.Choices, func(one survey.Campaign) bool { return one.ID.String() == asked })
		if i < 0 {
			return survey.NotFoundError("error.not_found")
		}
		other = &v.Choices[i]
	}
	if other == nil && len(v.Choices) > 0 {
		other = &v.Choices[0]
	}
	if other != nil {
		row := rowOf(*other, actor(c), v.AsOf)
		v.With = &row
	}
	return nil
}

// compare sets the projects of the two campaigns side by side, each as its
// reader may see it.
func (h *Handlers) compare(c *gin.Context, v *compareView) error {
	ctx, a := c.Request.Context(), actor(c)
	after, err := h.Store.Enrolments(ctx, a.Scope, v.After.ID)
	if err != nil {
		return err
	}
	before, err := h.Store.Enrolments(ctx, a.Scope, v.Before.ID)
	if err != nil {
		return err
	}
	v.listFilter = filterAmong(c, after)
	was := make(map[survey.ID]*survey.Glance, len(before))
	for _, g := range survey.Glances(v.Before.Campaign, before, a.Role, v.AsOf) {
		if v.keeps(&g.Project) {
			was[g.Project.ID] = g
		}
	}
	all := make([]survey.ComparedProject, 0, len(after))
	for _, g := range survey.Glances(v.After.Campaign, after, a.Role, v.AsOf) {
		if v.keeps(&g.Project) {
			all = append(all, survey.ComparedProject{Project: &g.Project, Compared: survey.Compare(v.side(was[g.Project.ID]), v.side(g))})
			delete(was, g.Project.ID)
		}
	}
	v.Gone = len(was)
	v.addSums(c, all)
	v.kept = slices.DeleteFunc(all, func(p survey.ComparedProject) bool { return v.Change != "" && string(p.Change) != v.Change })
	v.order()
	var shown []survey.ComparedProject
	if shown, v.Pager = onPage(c, v.kept); !exporting(c) {
		v.addRows(teller{h, c}, shown)
	}
	return nil
}

// side is the base of a glance that is compared.
func (v *compareView) side(g *survey.Glance) *survey.BaseGlance {
	switch {
	case g == nil:
		return nil
	case v.Base == "resident":
		return &g.Resident
	}
	return &g.Owner
}

// order puts what can be said first, by how much it changed; what is equal
// stays in the register's order.
func (v *compareView) order() {
	if v.Sort == "register" {
		return
	}
	change := func(p *survey.ComparedProject) float64 {
		d := placeOf(p.After.Satisfied, p.After.Answered) - placeOf(p.Before.Satisfied, p.Before.Answered)
		if v.Sort == "rise" {
			return -d
		}
		return d
	}
	rank := func(p *survey.ComparedProject) int {
		switch {
		case p.Change != survey.NotComparable:
			return 0
		case p.Points != "":
			return 1
		}
		return 2
	}
	slices.SortStableFunc(v.kept, func(a, b survey.ComparedProject) int {
		if by := cmp.Compare(rank(&a), rank(&b)); by != 0 || rank(&a) == 2 {
			return by
		}
		return cmp.Compare(change(&a), change(&b))
	})
}
