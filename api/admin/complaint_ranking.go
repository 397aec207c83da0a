package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/rubric"
)

// The ranking answers: which projects have the fewest complaints of the city?
type complaintRankingView struct {
	page.Frame
	listFilter
	activityChoice
	Lines    []rankingLine
	Pager    pager
	Of       int // projects that are ranked
	Most     int // the last rank that is met
	Met      int // of the projects in scope
	Unfed    int // of them without a feed for the whole period
	Differs  int
	City     bool // the actor sees all of the city
	Imported bool // some rank comes from a ranking made elsewhere
}

type rankingLine struct {
	rubric.RankedVolume
	Project            survey.Project
	Place              int // by what counts; 0 for none
	Tied               bool
	Thousand           string // complaints per 1,000 households
	MetRaw, MetPerHome bool
	Word               word
}

// showComplaintRanking shows the ranking of item 1.2 as far as the actor sees
// its projects.
func (h *Handlers) showComplaintRanking(c *gin.Context) error {
	ctx := c.Request.Context()
	choice, err := h.activityAsked(c)
	if err != nil {
		return err
	}
	places, err := h.Store.Places(ctx, scope(c))
	if err != nil {
		return err
	}
	v := complaintRankingView{activityChoice: choice, listFilter: filterOf(c, places), City: scope(c).All}
	projects, _, err := h.Store.Projects(ctx, scope(c), survey.ProjectFilter{})
	if err != nil {
		return err
	}
	known := make(map[survey.ID]*survey.Project, len(projects))
	for i := range projects {
		known[projects[i].ID] = &projects[i]
	}
	ranked, err := h.Store.ComplaintRanking(ctx, scope(c), choice.Activity.ID)
	if err != nil {
		return err
	}
	lines := make([]rankingLine, 0, len(ranked))
	for _, r := range ranked {
		if p := known[r.Project]; p != nil {
			lines = append(lines, rankingLineOf(r, *p, choice.Activity.PerHousehold))
		}
	}
	v.sum(lines)
	kept := lines[:0:0]
	for _, l := range lines {
		if v.keeps(&l.Project) {
			kept = append(kept, l)
		}
	}
	v.Lines, v.Pager = onPage(c, kept)
	v.Frame = h.complaintFrame(c, h.text(c, "complaints.ranking"))
	return h.present(c, http.StatusOK, "staff/complaint_ranking", v)
}

// sum counts over all projects in scope, and finds ties among them.
func (v *complaintRankingView) sum(lines []rankingLine) {
	at := map[int]int{}
	for _, l := range lines {
		at[l.Place]++
	}
	for i := range lines {
		l := &lines[i]
		l.Tied = l.Place > 0 && at[l.Place] > 1
		v.Of = max(v.Of, l.Lowest.Of)
		v.Imported = v.Imported || l.Lowest.Imported != nil
		if l.Lowest.Assessable() && l.Lowest.Met() {
			v.Met++
		}
		if !l.Complete {
			v.Unfed++
		}
		if l.Lowest.Differs() {
			v.Differs++
		}
	}
	v.Most = v.Of / rubric.FewestRanked
}

func rankingLineOf(r rubric.RankedVolume, p survey.Project, perHome bool) rankingLine {
	l := rankingLine{RankedVolume: r, Project: p}
	if r.Complete {
		l.Thousand = perThousand(r.Complaints, r.Households)
	}
	low := r.Lowest
	switch {
	case low.Why == "" && perHome:
		l.Place = low.RankPerHome
	case low.Why == "":
		l.Place = low.Rank
	case low.Imported != nil:
		l.Place = low.Imported.Rank
	}
	if low.Why == "" {
		l.MetRaw, l.MetPerHome = rubric.RankMet(low.Rank, low.Of), rubric.RankMet(low.RankPerHome, low.Of)
	}
	l.Word = lowestWord(low)
	return l
}

// lowestWord is what item 1.2 says as a tag.
func lowestWord(low rubric.Lowest) word {
	switch {
	case !low.Assessable():
		return word{"complaints.lowest.none", "none", "–"}
	case low.Met():
		return word{"complaints.lowest.met", "good", "✓"}
	}
	return word{"complaints.lowest.not_met", "info", "–"}
}

// workbook is the ranking as far as the filter leaves it.
func (v complaintRankingView) workbook(t teller) workbook {
	notes := append(t.filter(v.listFilter),
		t.note("complaints.activity", v.Activity.Name), t.note("complaints.period", v.First()+" – "+v.Last()),
		t.note("complaints.ranked", page.Number(v.Of)), t.note("complaints.counts", t.say(v.CountsKey())))
	return workbook{Title: v.Title, Notes: notes, Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("#complaints.place", "project.name", "scope.district", "scope.subdistrict", "scope.community", "#complaints.volume",
			"#complaints.rank", "complaints.thousand", "#complaints.rank.home", "complaints.item12", "complaints.differs", "complaints.why", "complaints.imported.rank"),
		Rows: export.Of(v.Lines, func(l rankingLine) []export.Cell {
			row := append([]export.Cell{some(l.Place), export.String(l.Project.Name)}, area(l.Project.Area)...)
			why, imported := "", ""
			if l.Lowest.Why != "" {
				why = t.say("complaints.why." + l.Lowest.Why)
			}
			if i := l.Lowest.Imported; i != nil {
				imported = t.say("complaints.imported.of", "Rank", i.Rank, "Of", i.Of, "Document", i.Document)
			}
			return append(row, export.Int(l.Complaints), some(l.Lowest.Rank), orDash(l.Thousand), some(l.Lowest.RankPerHome),
				t.word(l.Word), t.yes(l.Lowest.Differs()), orDash(why), orDash(imported))
		}),
	}}}
}

// CountsKey is the key of the words that say by which measure the item counts.
func (v complaintRankingView) CountsKey() string {
	if v.Activity.PerHousehold {
		return "complaints.counts.home"
	}
	return "complaints.counts.raw"
}
