package admin

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

// The list answers: which sheets are complete, and what do the others wait for?
type sheetsView struct {
	page.Frame
	sheetsFilter
	Activity survey.Activity
	Home     string // the address of the list
	Rows     []sheetRow
	Pager    pager
	Columns  map[string]sortColumn
	Sums     sheetSums
	Partial  bool // the reader sees its self-assessment only
	MayAdopt bool
	Declares bool
	Others   []page.Tab // other activities
	All      int        // sheets before the filter of states

	kept []sheetRow
}

// sheetRow is one project's sheet.
type sheetRow struct {
	Project   survey.Project
	Path      string
	Sheet     rubric.Sheet // its sums
	Total     string
	Stand     word
	Item11    word
	Veto61    word
	Vetoes    []string // numbers of the vetoes that exclude
	Unsettled []string // numbers of the vetoes that nobody has decided
	Open      int      // items without points, but for those that differ
	Confirms  int      // that wait for the reader
	Stale     bool
}

// sheetSums are how many sheets of the list are in each state.
type sheetSums struct{ Complete, Incomplete, Differing, Excluded, Stale, Confirms int }

// showSheets lists the sheets of an activity.
func (h *Handlers) showSheets(c *gin.Context) error {
	id, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	places, err := h.Store.Places(ctx, scope(c))
	if err != nil {
		return err
	}
	v := sheetsView{Home: sheetsPath(id), Partial: actor(c).Role.AssessesItself()}
	v.listFilter = filterOf(c, places)
	if err := h.offerCompanies(c, &v.listFilter); err != nil {
		return err
	}
	var cases []rubric.Case
	if v.Activity, cases, err = h.Store.Sheets(ctx, scope(c), id, v.within); err != nil {
		return err
	}
	v.sheetsFilter = v.narrowed(c)
	for i := range cases {
		row := h.sheetRow(c, v.Activity, &cases[i])
		v.Sums.add(&row)
		if v.All++; v.passes(&row) {
			v.kept = append(v.kept, row)
		}
	}
	if v.Declares, err = h.undeclared(c, id, len(cases), func(survey.ID) bool { return true }); err != nil {
		return err
	}
	v.order()
	v.Rows, v.Pager = onPage(c, v.kept)
	v.Columns = v.columns(c)
	v.MayAdopt = may(c, survey.ScoreSheets)
	if err := h.otherActivities(c, &v); err != nil {
		return err
	}
	v.Frame = h.sheetFrame(c, v.Activity, v.Activity.Name)
	return h.present(c, http.StatusOK, "staff/sheets", v)
}

// sheetRow is a sheet as the reader's list shows it.
func (h *Handlers) sheetRow(c *gin.Context, a survey.Activity, one *rubric.Case) sheetRow {
	row := sheetRow{Project: one.Project, Path: sheetPath(a.ID, one.Project.ID)}
	row.Sheet = h.Rubric.Sheet(a, one.Entries, one.Figures, actor(c).Role)
	s := &row.Sheet
	row.Total, row.Stand, row.Stale = totalText(s), standWord(s), s.Stale
	row.Item11, row.Veto61 = awardWord(*s.Award(rubric.SatisfactionItem)), awardWord(*s.Award(rubric.SatisfactionVeto))
	row.Open = s.Missing - s.Differing
	for _, list := range [][]rubric.Award{s.Awards, s.Vetoes} {
		for _, award := range list {
			if waitsFor(award, actor(c)) {
				row.Confirms++
			}
		}
	}
	for _, veto := range s.Vetoes {
		switch {
		case veto.Excludes():
			row.Vetoes = append(row.Vetoes, veto.Item.ID)
		case blocks(veto):
			row.Unsettled = append(row.Unsettled, veto.Item.ID)
		}
	}
	s.Awards, s.Vetoes = nil, nil // of a whole city they are 150 MB
	return row
}

// blocks says that a veto still blocks.
func blocks(a rubric.Award) bool {
	switch a.State {
	case rubric.No, string(survey.Cleared), string(survey.ClearedBorderline):
		return a.Stale
	}
	return !a.Excludes()
}

func (s *sheetSums) add(r *sheetRow) {
	s.Complete += btoi(r.Sheet.Complete)
	s.Incomplete += btoi(!r.Sheet.Complete)
	s.Differing += btoi(r.Sheet.Differing > 0)
	s.Excluded += btoi(r.Sheet.Excluded)
	s.Stale += btoi(r.Stale)
	s.Confirms += btoi(r.Confirms > 0)
}

func btoi(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// order puts the rows in the order that was asked for; equal ones stay in the
// register's.
func (v *sheetsView) order() {
	by := func(a, b sheetRow) int { return 0 }
	switch v.Sort {
	case "name":
		by = func(a, b sheetRow) int { return strings.Compare(a.Project.Name, b.Project.Name) }
	case "total":
		by = func(a, b sheetRow) int { return cmp.Compare(b.Sheet.Total, a.Sheet.Total) }
	case "open":
		by = func(a, b sheetRow) int { return cmp.Compare(b.Sheet.Missing, a.Sheet.Missing) }
	}
	slices.SortStableFunc(v.kept, func(a, b sheetRow) int {
		if v.Reversed {
			return by(b, a)
		}
		return by(a, b)
	})
}

// otherActivities are the other activities, of which each has its own list.
func (h *Handlers) otherActivities(c *gin.Context, v *sheetsView) error {
	list, err := h.Store.Activities(c.Request.Context())
	for _, one := range list {
		if one.ID != v.Activity.ID && len(v.Others) < mostOthers {
			v.Others = append(v.Others, page.Tab{Text: one.Name, Path: sheetsPath(one.ID)})
		}
	}
	return err
}
