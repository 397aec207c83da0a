package roster

import (
	"time"

	"meihao/survey"
)

// ticket plans one row of a log; project is nil where nobody knows it.
func (p *complaintPlanner) ticket(r ComplaintRow, project *survey.Project) {
	c := r.Ticket
	if project != nil {
		c.Project, c.ProjectName, c.District, c.Community = project.ID, project.Name, project.Area.District, project.Area.Community
	} else {
		c.District = p.districtOf(c.District)
		if !p.mayKeep(c.District) {
			p.refuse(r, because("complaint.row.scope"))
			return
		}
	}
	for _, at := range []time.Time{c.Received, c.FirstResponse, c.Resolved} {
		if at.After(p.known.Now) {
			p.refuse(r, because("complaint.row.future"))
			return
		}
	}
	key := [2]string{c.Source, c.Number}
	was, there := p.known.Tickets[key]
	if there && !p.mayChange(was) {
		p.refuse(r, because("complaint.row.elsewhere"))
		return
	}
	change := ComplaintChange{Kind: Added, Row: r.Number, Sheet: r.Sheet, Complaint: c}
	if there {
		change.Complaint.ID, change.Kind = was.ID, Changed
		if project == nil {
			change.Complaint.Project, change.Complaint.Dismissed = was.Project, was.Dismissed // somebody has looked at it since
		}
		if sameTicket(was, change.Complaint) {
			change.Kind = Same
		}
	}
	if at, twice := p.seen[key]; twice {
		first := p.plan.Tickets[at]
		p.again(r, at, ComplaintRow{Sheet: first.Sheet, Number: first.Row, Ticket: first.Complaint}, sameTicket(first.Complaint, change.Complaint))
		return
	}
	p.seen[key] = len(p.plan.Tickets)
	if change.Complaint.Project == 0 && change.Complaint.Dismissed == "" {
		p.unmatched = append(p.unmatched, len(p.plan.Tickets))
	}
	p.plan.Tickets = append(p.plan.Tickets, change)
}

// sameTicket says whether two say the same; by what name counts only while
// nobody knows the project.
func sameTicket(a, b survey.Complaint) bool {
	return a.Project == b.Project && a.Class == b.Class && a.Received.Equal(b.Received) && a.FirstResponse.Equal(b.FirstResponse) &&
		a.Resolved.Equal(b.Resolved) && a.Reopened == b.Reopened && a.Valid == b.Valid && (a.Project != 0 || a.Named == b.Named)
}

// total plans one monthly total, or one place in a ranking.
func (p *complaintPlanner) total(r ComplaintRow, project *survey.Project) {
	change := TotalChange{Kind: Added, Row: r.Number, Sheet: r.Sheet, Project: *project, Month: r.Month, New: r.Count}
	if p.file.Form == Ranks {
		change.New, change.Of = int64(r.Rank), r.Of
		if change.Of == 0 {
			change.Of = p.file.Of
		}
		if change.Of < r.Rank {
			p.refuse(r, because("complaint.row.rank", "Rank", r.Rank, "Of", change.Of))
			return
		}
	} else if now := p.known.Now.In(beijing()); r.Month > 100*now.Year()+int(now.Month()) {
		p.refuse(r, because("complaint.row.future"))
		return
	}
	if old, there := p.known.Totals[project.ID][r.Month]; there {
		change.Old, change.Kind = old, Changed
		if old == change.New && change.Of == p.known.Of[project.ID] {
			change.Kind = Same
		}
	}
	key := [2]int64{int64(project.ID), int64(r.Month)}
	if at, twice := p.cells[key]; twice {
		first := p.plan.Totals[at]
		p.again(r, at, ComplaintRow{Sheet: first.Sheet, Number: first.Row, Project: first.Project.Name}, first.New == change.New && first.Of == change.Of)
		return
	}
	p.cells[key] = len(p.plan.Totals)
	p.plan.Totals = append(p.plan.Totals, change)
}
