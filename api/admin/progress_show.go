package admin

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/rubric"
)

// The page of the progress answers: how far has each party come with the
// sheets of an activity? A third party sees how far it is itself (R15).
type progressView struct {
	page.Frame
	listFilter
	Activity survey.Activity
	Home     string // the address of the sheets
	Parties  []rubric.Party
	Rows     []progressRow
	Pager    pager
	Sums     progressRow // of the list
	Third    bool        // the reader is a third party
	Left     bool        // only projects on which something is left to do

	kept []progressRow
}

// progressRow is what has been done and what is left on one sheet.
type progressRow struct {
	Project   survey.Project
	Path      string
	Sheets    int   // 1, or of a sum
	Marked    []int // by party, of Items
	Items     int   // that assessors score
	Differing int
	Vetoes    int // that nobody has recorded
	Waiting   int // overrides and borderline vetoes that wait for a second person
	Stale     int
}

// showProgress shows how far assessing has come.
func (h *Handlers) showProgress(c *gin.Context) error {
	id, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	who := actor(c)
	if who.Role.AssessesItself() {
		return survey.NotFoundError("error.not_found")
	}
	ctx := c.Request.Context()
	places, err := h.Store.Places(ctx, scope(c))
	if err != nil {
		return err
	}
	v := progressView{Home: sheetsPath(id), Parties: rubric.Parties(), Third: who.Role == survey.ThirdParty, Left: c.Query("left") != ""}
	if v.Third {
		v.Parties = []rubric.Party{rubric.ThirdParty}
	}
	v.listFilter = filterOf(c, places)
	if err := h.offerCompanies(c, &v.listFilter); err != nil {
		return err
	}
	var cases []rubric.Case
	if v.Activity, cases, err = h.Store.Sheets(ctx, scope(c), id, v.within); err != nil {
		return err
	}
	v.Sums.Marked = make([]int, len(v.Parties))
	for i := range cases {
		row := v.row(h.Rubric.Sheet(v.Activity, cases[i].Entries, cases[i].Figures, who.Role))
		row.Project, row.Path = cases[i].Project, sheetPath(id, cases[i].Project.ID)
		if v.Left && !row.Left() {
			continue
		}
		v.Sums.add(row)
		v.kept = append(v.kept, row)
	}
	v.Rows, v.Pager = onPage(c, v.kept)
	title := h.text(c, "progress.title")
	v.Frame = h.sheetFrame(c, v.Activity, title)
	return h.present(c, http.StatusOK, "staff/progress", v)
}

// row counts what a sheet has of each party.
func (v *progressView) row(s rubric.Sheet) progressRow {
	row := progressRow{Sheets: 1, Marked: make([]int, len(v.Parties)), Stale: btoi(s.Stale)}
	for _, a := range s.Awards {
		if a.Override != nil && a.Override.Confirmed.ID == 0 {
			row.Waiting++
		}
		if a.Item.MachineSet() {
			continue
		}
		row.Items++
		row.Differing += btoi(a.Differs)
		for _, m := range a.Marks {
			if i := slices.Index(v.Parties, m.Party); i >= 0 {
				row.Marked[i]++
			}
		}
	}
	for _, veto := range s.Vetoes {
		switch {
		case veto.Item.ID == rubric.SatisfactionVeto:
			row.Waiting += btoi(veto.Confirmation != nil && veto.Confirmation.Confirmed.ID == 0)
		case blocks(veto):
			row.Vetoes++
		}
	}
	if v.Third {
		row.Differing, row.Vetoes, row.Waiting, row.Stale = 0, 0, 0, 0
	}
	return row
}

func (r *progressRow) add(one progressRow) {
	r.Sheets += one.Sheets
	r.Items += one.Items
	for i := range r.Marked {
		r.Marked[i] += one.Marked[i]
	}
	r.Differing += one.Differing
	r.Vetoes += one.Vetoes
	r.Waiting += one.Waiting
	r.Stale += one.Stale
}

// Left says that something is left to do: by the reader's own party where it
// is a third one, else by anybody that the total waits for.
func (r progressRow) Left() bool {
	if len(r.Marked) == 1 {
		return r.Marked[0] < r.Items
	}
	return r.Marked[slices.Index(rubric.Parties(), rubric.FirstParty)] < r.Items || r.Differing+r.Vetoes+r.Waiting+r.Stale > 0
}

// workbook is the whole list.
func (v progressView) workbook(t teller) workbook {
	columns := []string{"project.name", "scope.district", "scope.subdistrict", "scope.community", "#progress.items"}
	for _, p := range v.Parties {
		columns = append(columns, "#party."+string(p))
	}
	if !v.Third {
		columns = append(columns, "#sheet.differing", "#progress.vetoes", "#progress.waiting", "progress.stale")
	}
	notes := t.filter(v.listFilter)
	if v.Left {
		notes = append(notes, t.note("progress.left", t.say("help.yes")))
	}
	return workbook{Title: v.Title, Notes: notes, Tables: []export.Table{{
		Title: v.Title, Columns: t.columns(columns...),
		Rows: export.Of(v.kept, func(r progressRow) []export.Cell {
			row := append(append([]export.Cell{export.String(r.Project.Name)}, area(r.Project.Area)...), export.Int(r.Items))
			for _, n := range r.Marked {
				row = append(row, export.Int(n))
			}
			if !v.Third {
				row = append(row, export.Int(r.Differing), export.Int(r.Vetoes), export.Int(r.Waiting), t.yes(r.Stale > 0))
			}
			return row
		}),
	}}}
}
