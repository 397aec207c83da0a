package admin

import (
	"slices"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type helpView struct {
	page.Frame
	Roles   []survey.Role
	Rows    []helpRow
	Figures []string // when they are shown
	Rules   string   // how they come about
}

type helpRow struct {
	Action survey.Action
	May    []bool // in the order of the roles
}

// showHelp says who may do what. It is made from the table that decides it.
func (h *Handlers) showHelp(c *gin.Context) error {
	title := h.text(c, "help.title")
	v := helpView{Frame: h.frame(c, "help", title, page.Crumb{Text: title}), Roles: survey.Roles(), Figures: teller{h, c}.small(), Rules: rulesPath}
	table := survey.Permissions()
	actions := make([]survey.Action, 0, len(table))
	for a := range table {
		actions = append(actions, a)
	}
	slices.SortFunc(actions, func(a, b survey.Action) int {
		if d := len(table[b]) - len(table[a]); d != 0 {
			return d
		}
		return slices.Compare([]byte(a), []byte(b))
	})
	for _, a := range actions {
		row := helpRow{Action: a}
		for _, r := range v.Roles {
			row.May = append(row.May, r.May(a))
		}
		v.Rows = append(v.Rows, row)
	}
	return h.present(c, 200, "staff/help", v)
}
