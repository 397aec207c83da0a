package admin

import (
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
)

// printed says what the foot of every printed page says: as of when it is,
// and who looked at it.
func (h *Handlers) printed(c *gin.Context) {
	if staff := page.StaffOf(c); staff != nil {
		staff.Print = page.Print{At: h.Now(), Account: teller{h, c}.account(session.Account(c))}
	}
}

// sayFilters adds by what the tables of a page are narrowed, in the words of
// their export.
func (h *Handlers) sayFilters(c *gin.Context, v tabular) {
	staff := page.StaffOf(c)
	if staff == nil {
		return
	}
	t := teller{h, c}
	narrowed, none := t.say("export.filter"), t.say("export.filter.none")
	for _, n := range v.workbook(t).Notes {
		if n.Name == narrowed && n.Text != none {
			staff.Print.Filters = append(staff.Print.Filters, strings.Split(n.Text, "\n")...)
		}
	}
}
