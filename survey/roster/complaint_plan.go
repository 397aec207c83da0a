package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"meihao/survey"
)

// ComplaintChange is what happens with one ticket.
type ComplaintChange struct {
	Kind      Kind
	Row       int
	Sheet     string
	Complaint survey.Complaint // what it becomes
}

// TotalChange is what happens with one monthly total or one place in a ranking.
type TotalChange struct {
	Kind     Kind
	Row      int
	Sheet    string
	Project  survey.Project
	Month    int   // 202307, of a total
	Old, New int64 // totals, or ranks
	Of       int   // projects in the ranking
}

// ComplaintPlan is what an import of complaints would do.
type ComplaintPlan struct {
	Form        ComplaintForm
	Tickets     []ComplaintChange // in the order of the file
	Totals      []TotalChange
	Unmatched   int       // tickets whose project nobody knows: for the review list
	Refused     []Refusal // by row, at most MostRefused
	MoreRefused int
	RefusedRows int
	Notes       []Note
}

// Counts are the numbers added, changed and left the same, and of rows refused.
func (p ComplaintPlan) Counts() (added, changed, same, refused int) {
	count := func(k Kind) {
		switch k {
		case Added:
			added++
		case Changed:
			changed++
		case Same:
			same++
		}
	}
	for _, c := range p.Tickets {
		count(c.Kind)
	}
	for _, c := range p.Totals {
		count(c.Kind)
	}
	return added, changed, same, p.RefusedRows
}

// Empty says that nothing would be written.
func (p ComplaintPlan) Empty() bool {
	added, changed, _, _ := p.Counts()
	return added == 0 && changed == 0
}

// Digest is a hash over what the plan writes and refuses.
func (p ComplaintPlan) Digest() string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s %d %d\n", p.Form, p.RefusedRows, p.Unmatched)
	for _, c := range p.Tickets {
		x := c.Complaint
		_, _ = fmt.Fprintf(h, "%s %d %q %q %d %s %d %d %d %t %t\n", c.Kind, c.Row, x.Source, x.Number, x.Project, x.Class,
			x.Received.UnixMilli(), x.FirstResponse.UnixMilli(), x.Resolved.UnixMilli(), x.Reopened, x.Valid)
	}
	for _, c := range p.Totals {
		_, _ = fmt.Fprintf(h, "%s %d %d %d %d %d %d\n", c.Kind, c.Row, c.Project.ID, c.Month, c.Old, c.New, c.Of)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// KnownComplaints is what the store holds of what a file names.
type KnownComplaints struct {
	Projects []survey.Project // the whole register
	Scope    survey.Scope     // of who imports
	District string           // that the scope lies in, "" for the city
	// Tickets by source and number; Totals by project and month, or by project
	// and 0 the rank.
	Tickets map[[2]string]survey.Complaint
	Totals  map[survey.ID]map[int]int64
	Now     time.Time
}

// MatchKey is how names of places and projects are compared.
func MatchKey(name string) string { return nameKey(name) }

// complaintPlanner makes a plan.
type complaintPlanner struct {
	known    KnownComplaints
	file     ComplaintFile
	plan     ComplaintPlan
	register map[string]*survey.Project
	full     map[[3]string][]*survey.Project // district, community, name
	district map[[2]string][]*survey.Project
	name     map[string][]*survey.Project
	id       map[survey.ID]*survey.Project
	named    map[string]string // districts of the register, by how names are compared
	seen     map[[2]string]int // of a ticket: its place in the plan
	cells    map[[2]int64]int
}

// PlanComplaints compares a file with what the store holds. A ticket whose
// project nobody knows is kept for the review list; totals and ranks of one
// are refused.
func PlanComplaints(known KnownComplaints, file ComplaintFile) ComplaintPlan {
	p := &complaintPlanner{
		known: known, file: file, plan: ComplaintPlan{Form: file.Form, Notes: file.Notes}, register: map[string]*survey.Project{},
		full: map[[3]string][]*survey.Project{}, district: map[[2]string][]*survey.Project{}, name: map[string][]*survey.Project{},
		id: map[survey.ID]*survey.Project{}, named: map[string]string{}, seen: map[[2]string]int{}, cells: map[[2]int64]int{},
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
	if examples.count > 0 {
		p.plan.Notes = append(p.plan.Notes, Note{Row: examples.rows[0], Message: because(
			"roster.note.examples", "Count", examples.count, "Rows", rowNumbers(examples.rows))})
	}
	return p.plan
}

func (p *complaintPlanner) index(x *survey.Project) {
	d, c, n := nameKey(x.Area.District), nameKey(x.Area.Community), nameKey(x.Name)
	p.id[x.ID], p.named[d] = x, x.Area.District
	if x.Register != "" {
		p.register[x.Register] = x
	}
	p.full[[3]string{d, c, n}] = append(p.full[[3]string{d, c, n}], x)
	p.district[[2]string{d, n}] = append(p.district[[2]string{d, n}], x)
	p.name[n] = append(p.name[n], x)
}

// match is the project that a row is about: by its register number, else by
// district, community and name, else by as much of that as the row says if it
// is the only one; nil where nobody knows.
func (p *complaintPlanner) match(r ComplaintRow) *survey.Project {
	if x := p.register[r.Register]; r.Register != "" && x != nil {
		return x
	}
	if r.Project == "" {
		return nil
	}
	d, c, n := nameKey(r.District), nameKey(r.Community), nameKey(r.Project)
	if d == "" {
		d = nameKey(p.file.District)
	}
	var found []*survey.Project
	switch {
	case d != "" && c != "":
		found = p.full[[3]string{d, c, n}]
	case d != "":
		found = p.district[[2]string{d, n}]
	default:
		found = slices.DeleteFunc(slices.Clone(p.name[n]), func(x *survey.Project) bool {
			return !p.known.Scope.Holds(*x) || c != "" && nameKey(x.Area.Community) != c
		})
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
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

func because(key string, pairs ...any) survey.Message {
	return survey.Fail(survey.Invalid, key, pairs...).Message
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
	if p.file.Form == Tickets {
		p.ticket(r, project)
		return
	}
	if project == nil {
		p.refuse(r, because("complaint.row.unknown"))
		return
	}
	p.total(r, project)
}

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
	if at, twice := p.seen[key]; twice {
		first := p.plan.Tickets[at]
		if !sameTicket(first.Complaint, c) {
			p.refuse(r, because("complaint.row.twice", "Row", first.Row))
		}
		return
	}
	change := ComplaintChange{Kind: Added, Row: r.Number, Sheet: r.Sheet, Complaint: c}
	if was, there := p.known.Tickets[key]; there {
		if !p.mayChange(was) {
			p.refuse(r, because("complaint.row.elsewhere"))
			return
		}
		change.Complaint.ID, change.Kind = was.ID, Changed
		if project == nil {
			change.Complaint.Project, change.Complaint.Dismissed = was.Project, was.Dismissed // somebody has looked at it since
		}
		if sameTicket(was, change.Complaint) {
			change.Kind = Same
		}
	}
	if change.Complaint.Project == 0 && change.Complaint.Dismissed == "" {
		p.plan.Unmatched++
	}
	p.seen[key] = len(p.plan.Tickets)
	p.plan.Tickets = append(p.plan.Tickets, change)
}

// districtOf is the district that a row of no known project lies in: as the
// register writes it, or the file's where the row says none.
func (p *complaintPlanner) districtOf(name string) string {
	if name == "" {
		name = p.file.District
	}
	if known, is := p.named[nameKey(name)]; is {
		return known
	}
	return name
}

// mayKeep says whether an unmatched ticket of a district is the importer's to
// keep: below the city only those of one's own district.
func (p *complaintPlanner) mayKeep(district string) bool {
	return p.known.Scope.All || nameKey(district) == nameKey(p.known.District)
}

// mayChange says whether a ticket that is there already is the importer's: a
// number that another district uses too must not take its ticket away.
func (p *complaintPlanner) mayChange(was survey.Complaint) bool {
	if was.Project == 0 {
		return p.mayKeep(was.District)
	}
	x := p.id[was.Project]
	return x != nil && p.known.Scope.Holds(*x)
}

func sameTicket(a, b survey.Complaint) bool {
	return a.Project == b.Project && a.Class == b.Class && a.Received.Equal(b.Received) && a.FirstResponse.Equal(b.FirstResponse) &&
		a.Resolved.Equal(b.Resolved) && a.Reopened == b.Reopened && a.Valid == b.Valid
}

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
	key := [2]int64{int64(project.ID), int64(r.Month)}
	if at, twice := p.cells[key]; twice {
		if first := p.plan.Totals[at]; first.New != change.New {
			p.refuse(r, because("complaint.row.twice", "Row", first.Row))
		}
		return
	}
	if old, there := p.known.Totals[project.ID][r.Month]; there {
		change.Old, change.Kind = old, Changed
		if old == change.New && p.file.Form == Months {
			change.Kind = Same
		}
	}
	p.cells[key] = len(p.plan.Totals)
	p.plan.Totals = append(p.plan.Totals, change)
}
