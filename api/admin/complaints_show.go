package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// The list answers: which complaints are there, and which are late?
type complaintsView struct {
	page.Frame
	listFilter
	Class, State string
	Classes      []survey.ComplaintClass
	States       []survey.ComplaintState
	Tickets      []ticketLine
	Pager        pager
	Unmatched    int
	MayImport    bool
}

// Narrows says whether the filter may leave anything out.
func (v complaintsView) Narrows() bool {
	return v.Search != "" || v.Place != "" || v.Class != "" || v.State != ""
}

// showComplaints lists the complaints in scope.
func (h *Handlers) showComplaints(c *gin.Context) error {
	ctx := c.Request.Context()
	places, err := h.Store.Places(ctx, scope(c))
	if err != nil {
		return err
	}
	v := complaintsView{
		listFilter: filterOf(c, places), Classes: survey.ComplaintClasses(), States: survey.ComplaintStates(),
		MayImport: may(c, survey.ImportComplaints),
	}
	f := survey.ComplaintFilter{Within: v.open, Search: v.Search}
	if class := survey.ComplaintClass(c.Query("class")); slices.Contains(v.Classes, class) {
		f.Class, v.Class = class, string(class)
	}
	if state := survey.ComplaintState(c.Query("state")); slices.Contains(v.States, state) {
		f.State, v.State = state, string(state)
	}
	list, p, err := h.complaintsOnPage(c, f)
	if err != nil {
		return err
	}
	v.Tickets, v.Pager = ticketLines(list, h.Store.PromptRules(), h.Now()), p
	if v.MayImport {
		if _, v.Unmatched, err = h.Store.Complaints(ctx, scope(c), survey.ComplaintFilter{Unmatched: true, Limit: 1}); err != nil {
			return err
		}
	}
	v.Frame = h.complaintFrame(c, h.text(c, "complaints.title"))
	return h.present(c, http.StatusOK, "staff/complaints", v)
}

// complaintsOnPage reads the page that was asked for, and the last one where
// it lies beyond the end.
func (h *Handlers) complaintsOnPage(c *gin.Context, f survey.ComplaintFilter) ([]survey.Complaint, pager, error) {
	f.Limit, f.Offset = perPage, (pageOf(c)-1)*perPage
	if exporting(c) {
		f.Limit, f.Offset = 0, 0
	}
	list, total, err := h.Store.Complaints(c.Request.Context(), scope(c), f)
	if err != nil {
		return nil, pager{}, err
	}
	p := pagerOf(c, total)
	if start := max(0, p.From-1); start != f.Offset {
		f.Offset = start
		if list, _, err = h.Store.Complaints(c.Request.Context(), scope(c), f); err != nil {
			return nil, pager{}, err
		}
	}
	return list, p, nil
}

// workbook is the log as far as the filter leaves it.
func (v complaintsView) workbook(t teller) workbook {
	var parts []string
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, t.say(key)+": "+value)
		}
	}
	add("complaints.search", v.Search)
	add("filter.place", v.PlaceName())
	if v.Class != "" {
		add("complaints.class", t.say("complaints.class."+strings.ToLower(v.Class)))
	}
	if v.State != "" {
		add("complaints.state", t.say("complaints.state."+v.State))
	}
	return workbook{Title: v.Title, Notes: t.narrowed(parts), Tables: []export.Table{t.tickets(v.Tickets)}}
}

// tickets is a table of complaints, of which the file keeps every column.
func (t teller) tickets(list []ticketLine) export.Table {
	return export.Table{
		Title: t.say("complaints.title"),
		Columns: t.columns("complaints.number", "complaints.source", "project.name", "scope.district", "scope.community", "complaints.class",
			"@complaints.received", "@complaints.response", "@complaints.resolved", "complaints.reopened", "complaints.valid", "complaints.state"),
		Rows: export.Of(list, func(l ticketLine) []export.Cell {
			return []export.Cell{
				export.String(l.Number), orDash(l.Source), orDash(l.Name()), orDash(l.District), orDash(l.Community),
				export.String(t.say("complaints.class." + strings.ToLower(string(l.Class)))),
				export.Time(l.Received), export.Time(l.FirstResponse), export.Time(l.Resolved), t.yes(l.Reopened), t.yes(l.Valid), t.word(l.Word),
			}
		}),
	}
}
