package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
	Of      map[survey.ID]int // of a rank, how many projects were ranked
	Now     time.Time
}

// MatchKey is how names of places and projects are compared.
func MatchKey(name string) string { return nameKey(name) }
