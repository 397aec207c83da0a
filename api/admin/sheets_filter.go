package admin

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// sheetsFilter narrows a list of sheets by what stands in the address: the
// projects as everywhere, and where the sheet stands.
type sheetsFilter struct {
	listFilter
	State    string
	States   []string // offered
	Sort     string
	Reversed bool
}

// narrowed adds the state and the order of an address to its filter. Words
// that are none of ours choose nothing out.
func (v *sheetsView) narrowed(c *gin.Context) sheetsFilter {
	f := sheetsFilter{listFilter: v.listFilter, States: sheetStates()}
	if v.Partial {
		f.States = nil
	}
	if state := c.Query("state"); slices.Contains(f.States, state) {
		f.State = state
	}
	by, reversed := strings.CutPrefix(c.Query("sort"), "-")
	if slices.Contains(sheetOrders(), by) {
		f.Sort, f.Reversed = by, reversed
	}
	return f
}

func sheetStates() []string {
	return []string{"complete", "incomplete", "differs", "confirm", "excluded", "blocked", "stale"}
}

func sheetOrders() []string { return []string{"name", "total", "open"} }

// Narrows says whether the address may leave any project out.
func (f sheetsFilter) Narrows() bool { return f.listFilter.Narrows() || f.State != "" }

// passes says whether a sheet is of the state that was asked for.
func (f *sheetsFilter) passes(r *sheetRow) bool {
	switch f.State {
	case "complete":
		return r.Sheet.Complete
	case "incomplete":
		return !r.Sheet.Complete
	case "differs":
		return r.Sheet.Differing > 0
	case "confirm":
		return r.Confirms > 0
	case "excluded":
		return r.Sheet.Excluded
	case "blocked":
		return r.Sheet.Blocked && !r.Sheet.Excluded
	case "stale":
		return r.Stale
	}
	return true
}

// columns are those by which the list can be put in order.
func (f *sheetsFilter) columns(c *gin.Context) map[string]sortColumn {
	columns := map[string]sortColumn{}
	for _, by := range sheetOrders() {
		column, sort := sortColumn{}, by
		if by == f.Sort {
			if column.Aria = "ascending"; (by == "name") == f.Reversed {
				column.Aria = "descending"
			}
			if !f.Reversed {
				sort = "-" + by
			}
		}
		column.Path = query(c, "sort", sort, "page", "")
		columns[by] = column
	}
	return columns
}
