package admin

import (
	"cmp"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// workItem is one line of the worklist.
type workItem struct {
	// Kind is "low", "veto", "falling", "short", "silent", "held" or
	// "closing", "stale", or what waits for a second person: "reopen", "seal", "decide".
	Kind  string
	Count int
	Path  string
	Names []workName // of the first few projects, or of who asked
	More  bool       // there are more names than these
}

// workName is a name in a line of the worklist, with its own page where it has
// one.
type workName struct{ Text, Path string }

// mostNames is how many projects a line of the worklist names.
const mostNames = 3

// worklist is what is to be done about a campaign's projects, in the order of
// UX "Staff pages". before are the glances of the campaign before, nil where
// there is none.
func (o *overviewCampaign) worklist(rows []*survey.Glance, before *overviewBefore) {
	standings := o.Path + "/standings"
	project := func(g *survey.Glance) string { return standings + "/" + g.Project.ID.String() }
	var low, veto, short []*survey.Glance
	lack := map[*survey.Glance]int64{} // as the coach counts, whose page the line leads to
	for _, g := range rows {
		if g.Owner.Light == "low" {
			low = append(low, g)
			if g.Owner.Words().Veto61 == survey.VetoBorderline {
				veto = append(veto, g)
			}
		}
		if o.Running() { // before it nothing can be missing, after it nothing can come
			if missing := o.Lack(g.Enrolment).Short; missing > 0 {
				lack[g], short = missing, append(short, g)
			}
		}
	}
	survey.SortGlances(low)
	slices.Reverse(low) // the lowest first
	slices.SortStableFunc(short, func(a, b *survey.Glance) int { return cmp.Compare(lack[b], lack[a]) })
	o.add("low", standings+"?light=low", low, project)
	o.add("veto", standings+"?veto="+string(survey.VetoBorderline), veto, project)
	if before != nil {
		o.add("falling", before.path(o.campaignRow), before.fallen(rows), project)
	}
	o.add("short", o.Path+"/coach", short, func(g *survey.Glance) string { return o.Path + "/coach/" + g.Project.ID.String() })
}

// addHeld says where answers wait for a decision, to who may decide.
func (o *overviewCampaign) addHeld(rows []*survey.Glance, a survey.Actor) {
	if !a.Role.May(survey.DecideHeld) {
		return
	}
	held := slices.DeleteFunc(slices.Clone(rows), func(g *survey.Glance) bool { return g.Held == 0 })
	o.add("held", o.Path+"/held", held, func(g *survey.Glance) string { return o.Path + "/held/" + g.Project.ID.String() })
}

func (o *overviewCampaign) add(kind, path string, rows []*survey.Glance, of func(*survey.Glance) string) {
	if len(rows) == 0 {
		return
	}
	item := workItem{Kind: kind, Count: len(rows), Path: path, More: len(rows) > mostNames}
	for _, g := range rows[:min(len(rows), mostNames)] {
		item.Names = append(item.Names, workName{g.Project.Name, of(g)})
	}
	o.Work = append(o.Work, item)
}

// mostWatched is of how many posters the overview says which nobody scans.
const mostWatched = 3000

// addSilent says which posters of a running campaign nobody scans, for who
// puts posters up. Of a city's there are too many to look at each time: its
// districts do.
func (h *Handlers) addSilent(c *gin.Context, o *overviewCampaign) error {
	if !o.Running() || !may(c, survey.ManagePosters) {
		return nil
	}
	ctx := c.Request.Context()
	count, err := h.Store.PosterCount(ctx, scope(c), o.ID)
	if err != nil || count == 0 || count > mostWatched {
		return err
	}
	posters, err := h.Store.Posters(ctx, scope(c), o.ID)
	if err != nil {
		return err
	}
	item := workItem{Kind: "silent", Path: "/admin/posters?silent=1&campaign=" + o.ID.String()}
	for _, p := range h.hung(o.Campaign, posters) {
		if p.Silence == survey.Scanned {
			continue
		}
		if item.Count++; len(item.Names) < mostNames {
			item.Names = append(item.Names, workName{p.Project.Name + " " + p.Place, "/admin/posters/" + p.Code})
		}
	}
	if item.More = item.Count > mostNames; item.Count > 0 {
		o.Work = append(o.Work, item)
	}
	return nil
}

// addWaiting lists what another person asked for and this one could confirm.
func (h *Handlers) addWaiting(c *gin.Context, o *overviewCampaign) error {
	ctx, a := c.Request.Context(), actor(c)
	if !o.May {
		return nil
	}
	approvals, err := h.Store.Approvals(ctx, a.Scope, o.ID)
	if err != nil {
		return err
	}
	proposals, err := h.Store.Proposals(ctx, a.Scope, o.ID)
	if err != nil {
		return err
	}
	for _, one := range approvals {
		if survey.SecondPerson(one.By, a) == nil {
			o.Work = append(o.Work, workItem{Kind: one.Kind, Count: 1, Path: o.Path, Names: []workName{{Text: one.ByName}}})
		}
	}
	for _, one := range proposals {
		if survey.SecondPerson(one.By, a) == nil {
			o.Work = append(o.Work, workItem{Kind: "decide", Count: one.Count, Path: o.Path + "/held/" + one.Project.String(), Names: []workName{{Text: one.ByName}}})
		}
	}
	return nil
}

// addStale says of sealed campaigns how many sheets read a result that was
// corrected since, to who may adopt the new one.
func (h *Handlers) addStale(c *gin.Context, v *overviewView, campaigns []survey.Campaign) error {
	if !may(c, survey.ScoreSheets) {
		return nil
	}
	stale, err := h.Store.StaleSheets(c.Request.Context(), scope(c))
	for _, one := range campaigns {
		if n := stale[one.ID]; n > 0 {
			v.Todo = append(v.Todo, workItem{Kind: "stale", Count: n, Path: sheetsPath(one.Activity) + "?state=stale", Names: []workName{{Text: one.Name}}})
		}
	}
	return err
}

// addClosing says that a campaign ends soon.
func (o *overviewCampaign) addClosing(now time.Time) {
	if left := o.Closes.Sub(now); o.Running() && left < 3*24*time.Hour {
		o.Work = append(o.Work, workItem{Kind: "closing", Path: o.Path})
	}
}
