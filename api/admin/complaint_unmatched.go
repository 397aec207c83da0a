package admin

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/roster"
)

// The review list answers: which complaints does nobody know the project of,
// and which project may it be?
type unmatchedView struct {
	page.Frame
	faults
	Groups  []unmatchedGroup
	Pager   pager
	Tickets int
	Page    int
	At      string // the group whose form came back
	Typed   matchTyped
}

// matchTyped is what was typed into a form that came back.
type matchTyped struct{ Project, Other, Reason string }

// unmatchedGroup are the tickets that say the same words of their project.
type unmatchedGroup struct {
	Key                        string
	District, Community, Named string
	Tickets                    []survey.Complaint
	Listed                     []survey.Complaint // the first of them, to choose among
	Suggested                  []survey.Project
}

// All says whether the tickets are too many to choose among.
func (g unmatchedGroup) All() bool { return len(g.Tickets) > len(g.Listed) }

// First is the number of the first ticket, by which a group is known.
func (g unmatchedGroup) First() survey.ID { return g.Tickets[0].ID }

// mostChecked is how many tickets of a group are offered one by one.
const mostChecked = 100

// showUnmatched lists the tickets that no project was found for.
func (h *Handlers) showUnmatched(c *gin.Context) error {
	return h.renderUnmatched(c, http.StatusOK, unmatchedView{})
}

func (h *Handlers) renderUnmatched(c *gin.Context, status int, v unmatchedView) error {
	groups, err := h.unmatchedGroups(c)
	if err != nil {
		return err
	}
	for _, g := range groups {
		v.Tickets += len(g.Tickets)
	}
	v.Groups, v.Pager = onPage(c, groups)
	v.Page = pageOf(c)
	if len(v.Groups) > 0 {
		projects, _, err := h.Store.Projects(c.Request.Context(), scope(c), survey.ProjectFilter{})
		if err != nil {
			return err
		}
		suggester := roster.NewSuggester(projects)
		for i := range v.Groups {
			g := &v.Groups[i]
			g.Listed = g.Tickets[:min(mostChecked, len(g.Tickets))]
			g.Suggested = suggester.Suggest(g.Tickets[0])
		}
	}
	v.Frame = h.complaintFrame(c, h.text(c, "complaints.unmatched"))
	return h.present(c, status, "staff/complaints_unmatched", v)
}

// unmatchedGroups are the tickets by the words of the file, the most first.
func (h *Handlers) unmatchedGroups(c *gin.Context) ([]unmatchedGroup, error) {
	list, _, err := h.Store.Complaints(c.Request.Context(), scope(c), survey.ComplaintFilter{Unmatched: true})
	if err != nil {
		return nil, err
	}
	var groups []unmatchedGroup
	at := map[[3]string]int{}
	for _, one := range list {
		words := [3]string{one.District, one.Community, one.Named}
		i, there := at[words]
		if !there {
			i = len(groups)
			at[words] = i
			groups = append(groups, unmatchedGroup{District: one.District, Community: one.Community, Named: one.Named, Key: strings.Join(words[:], "\x1f")})
		}
		groups[i].Tickets = append(groups[i].Tickets, one)
	}
	slices.SortStableFunc(groups, func(a, b unmatchedGroup) int {
		return cmp.Or(cmp.Compare(len(b.Tickets), len(a.Tickets)), cmp.Compare(a.Key, b.Key))
	})
	return groups, nil
}

// saveMatch says of the chosen tickets which project they are about, or that
// they are about none.
func (h *Handlers) saveMatch(c *gin.Context) error {
	v := unmatchedView{At: typed(c, "group"), Typed: matchTyped{typed(c, "project"), typed(c, "other"), typed(c, "reason")}}
	err := h.match(c, v)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = f
		return h.renderUnmatched(c, status, v)
	}
	if err != nil {
		return err
	}
	return see(c, complaintsPath+"/unmatched?done=complaints_matched")
}

const (
	otherProject = "other"
	noProject    = "none"
)

func (h *Handlers) match(c *gin.Context, v unmatchedView) error {
	ids, err := h.chosenTickets(c, v.At)
	if err != nil {
		return err
	}
	project, reason := survey.ID(0), ""
	switch v.Typed.Project {
	case "":
		return survey.Fail(survey.Invalid, "error.complaint.choose").Field("project", "error.complaint.choose")
	case noProject:
		reason = v.Typed.Reason
	case otherProject:
		if project, err = h.projectNamed(c, v.Typed.Other); err != nil {
			return err
		}
	default:
		if project, err = survey.ParseID(v.Typed.Project); err != nil {
			return err
		}
	}
	return h.Store.MatchComplaints(c.Request.Context(), actor(c), ids, project, reason)
}

// chosenTickets are those ticked, or all of a group that is too long for that.
func (h *Handlers) chosenTickets(c *gin.Context, first string) ([]survey.ID, error) {
	if c.PostForm("all") == "" {
		var ids []survey.ID
		for _, word := range c.PostFormArray("complaint") {
			id, err := survey.ParseID(word)
			if err != nil {
				return nil, err
			}
			ids = append(ids, id)
		}
		slices.Sort(ids)
		return slices.Compact(ids), nil
	}
	groups, err := h.unmatchedGroups(c)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		if g.First().String() != first {
			continue
		}
		ids := make([]survey.ID, len(g.Tickets))
		for i, one := range g.Tickets {
			ids[i] = one.ID
		}
		return ids, nil
	}
	return nil, survey.NotFoundError("error.not_found")
}

// projectNamed is the one project of the actor's area with a register number
// or a name.
func (h *Handlers) projectNamed(c *gin.Context, name string) (survey.ID, error) {
	wrong := survey.Fail(survey.Invalid, "error.complaint.project").Field("other", "error.complaint.project")
	if name == "" {
		return 0, wrong
	}
	list, _, err := h.Store.Projects(c.Request.Context(), scope(c), survey.ProjectFilter{Search: name})
	if err != nil {
		return 0, err
	}
	key, found := survey.NameKey(name), []survey.ID(nil)
	for _, p := range list {
		if p.Register == name {
			return p.ID, nil
		}
		if survey.NameKey(p.Name) == key {
			found = append(found, p.ID)
		}
	}
	switch len(found) {
	case 0:
		return 0, wrong
	case 1:
		return found[0], nil
	}
	return 0, survey.Fail(survey.Invalid, "error.complaint.several", "N", len(found)).Field("other", "error.complaint.several", "N", len(found))
}

// workbook is the review list, a ticket a row.
func (v unmatchedView) workbook(t teller) workbook {
	type line struct {
		survey.Complaint
		suggested []survey.Project
	}
	var lines []line
	for _, g := range v.Groups {
		for _, one := range g.Tickets {
			lines = append(lines, line{one, g.Suggested})
		}
	}
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("complaints.number", "complaints.source", "complaints.named", "scope.district", "scope.community", "@complaints.received",
			"complaints.suggested"),
		Rows: export.Of(lines, func(l line) []export.Cell {
			names := make([]string, len(l.suggested))
			for i, p := range l.suggested {
				names[i] = p.Name + " (" + p.Area.District + " " + p.Area.Community + ")"
			}
			return []export.Cell{export.String(l.Number), orDash(l.Source), orDash(l.Named), orDash(l.District), orDash(l.Community),
				export.Time(l.Received), orDash(strings.Join(names, "\n"))}
		}),
	}}}
}
