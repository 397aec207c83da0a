package roster

import (
	"slices"

	"meihao/survey"
)

// complaintPlanner makes a plan.
type complaintPlanner struct {
	known     KnownComplaints
	file      ComplaintFile
	plan      ComplaintPlan
	register  map[string]*survey.Project
	full      map[[3]string][]*survey.Project // district, community, name
	district  map[[2]string][]*survey.Project
	name      map[string][]*survey.Project
	id        map[survey.ID]*survey.Project
	named     map[string]string // districts of the register, by how names are compared
	seen      map[[2]string]int // of a ticket: its place in the plan
	cells     map[[2]int64]int  // of a total or rank
	disputed  map[int]bool      // places in the plan of which the file says two things
	unmatched []int             // places in the plan
}

// PlanComplaints compares a file with what the store holds. A ticket whose
// project nobody knows is kept for the review list; totals and ranks of one
// are refused. Of rows that contradict one another none is taken: nobody knows
// which one is right.
func PlanComplaints(known KnownComplaints, file ComplaintFile) ComplaintPlan {
	p := &complaintPlanner{
		known: known, file: file, plan: ComplaintPlan{Form: file.Form, Notes: slices.Clone(file.Notes)}, register: map[string]*survey.Project{},
		full: map[[3]string][]*survey.Project{}, district: map[[2]string][]*survey.Project{}, name: map[string][]*survey.Project{},
		id: map[survey.ID]*survey.Project{}, named: map[string]string{}, seen: map[[2]string]int{}, cells: map[[2]int64]int{}, disputed: map[int]bool{},
	}
	for i := range known.Projects {
		p.index(&known.Projects[i])
	}
	var examples passed
	for _, r := range file.Rows {
		if example(r.Register) {
			examples.add(r.Number)
			continue
		}
		p.row(r)
	}
	p.settle()
	if examples.count > 0 {
		p.note(examples.rows[0], "roster.note.examples", "Count", examples.count, "Rows", rowNumbers(examples.rows))
	}
	if file.Form == Tickets && file.From != 0 && p.plan.RefusedRows > 0 {
		p.note(0, "complaint.note.incomplete", "Count", p.plan.RefusedRows)
	}
	return p.plan
}

func (p *complaintPlanner) row(r ComplaintRow) {
	if len(r.Errors) > 0 {
		p.refuse(r, r.Errors...)
		return
	}
	project := p.match(r)
	if project != nil && !p.known.Scope.Holds(*project) {
		p.refuse(r, because("complaint.row.scope"))
		return
	}
	switch {
	case p.file.Form == Tickets:
		p.ticket(r, project)
	case project == nil:
		p.refuse(r, because("complaint.row.unknown"))
	default:
		p.total(r, project)
	}
}

// again is a row that says once more what the row at a place of the plan says,
// or something else; then neither is taken.
func (p *complaintPlanner) again(r ComplaintRow, at int, first ComplaintRow, same bool) {
	if same && !p.disputed[at] {
		return
	}
	if !p.disputed[at] {
		p.disputed[at] = true
		p.refuse(first, because("complaint.row.twice", "Row", r.Number))
	}
	p.refuse(r, because("complaint.row.twice", "Row", first.Number))
}

// settle takes out what is disputed, and counts what is left without a project.
func (p *complaintPlanner) settle() {
	for _, at := range p.unmatched {
		if !p.disputed[at] {
			p.plan.Unmatched++
		}
	}
	p.plan.Tickets = undisputed(p.plan.Tickets, p.disputed)
	p.plan.Totals = undisputed(p.plan.Totals, p.disputed)
}

func undisputed[T any](list []T, disputed map[int]bool) []T {
	if len(disputed) == 0 {
		return list
	}
	var kept []T
	for i, x := range list {
		if !disputed[i] {
			kept = append(kept, x)
		}
	}
	return kept
}

func (p *complaintPlanner) refuse(r ComplaintRow, reasons ...survey.Message) {
	p.plan.RefusedRows++
	what := r.Project
	if r.Ticket.Number != "" {
		what = r.Ticket.Number
	}
	for _, reason := range reasons {
		if len(p.plan.Refused) == MostRefused {
			p.plan.MoreRefused++
			continue
		}
		p.plan.Refused = append(p.plan.Refused, Refusal{Row: r.Number, Sheet: r.Sheet, What: what, Reason: reason})
	}
}

func (p *complaintPlanner) note(row int, key string, pairs ...any) {
	p.plan.Notes = append(p.plan.Notes, Note{Row: row, Message: because(key, pairs...)})
}

func because(key string, pairs ...any) survey.Message {
	return survey.Fail(survey.Invalid, key, pairs...).Message
}
