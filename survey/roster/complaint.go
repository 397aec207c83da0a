package roster

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"meihao/survey"
)

// ComplaintForm says what a file of complaints lists.
type ComplaintForm string

// The forms.
const (
	Tickets ComplaintForm = "tickets" // a complaint log, one ticket a row
	Months  ComplaintForm = "months"  // totals by project and month
	Ranks   ComplaintForm = "ranks"   // places of projects in a city ranking
)

// ComplaintFile is a file of complaints as read.
type ComplaintFile struct {
	Name   string
	SHA256 [32]byte
	Form   ComplaintForm
	Rows   []ComplaintRow
	Notes  []Note

	// What the caller says of the file: its source document, the months
	// (202307) of which it has all tickets, 0 for none, in which district ("":
	// all of the actor's area), the activity of a ranking, and the number of
	// projects in a ranking whose rows do not say.
	Document string
	From, To int
	District string
	Activity survey.ID
	Of       int
}

// ComplaintRow is one line.
type ComplaintRow struct {
	Sheet  string
	Number int // line in the file; from 1, the header counts

	Register, District, Community, Project string

	Ticket survey.Complaint // of tickets
	Month  int              // of totals: 202307
	Count  int64
	Rank   int // of rankings
	Of     int // 0 where the row does not say

	Errors []survey.Message // what is wrong with the line; it is refused then
}

// ReadComplaints reads a file of complaints; its header tells which form it
// has. Errors are those of Read.
func ReadComplaints(ctx context.Context, name string, r io.Reader) (ComplaintFile, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return ComplaintFile{}, fmt.Errorf("read complaints: %w", err)
	}
	t := newComplaintTable(func() error { return stopped(ctx) })
	if err := readInto(t, data); err != nil {
		return ComplaintFile{}, named(noTable(err), name)
	}
	if err := t.complete(); err != nil {
		return ComplaintFile{}, named(err, name)
	}
	t.file.Name, t.file.SHA256 = shownName(name), sha256.Sum256(data)
	t.file.Notes = t.told.rest(t.file.Notes)
	return t.file, nil
}

// noTable says of what is no register that it is no table: here nobody asked
// for a register.
func noTable(err error) error {
	var e *survey.Error
	if errors.As(err, &e) && e.Key == "roster.error.not_register" {
		return fail(e.Kind, "complaint.error.not_table")
	}
	return err
}

// Check says what of the caller's words cannot stand.
func (f ComplaintFile) Check() error {
	e := survey.Fail(survey.Invalid, "error.complaint.fields")
	if (f.From != 0 || f.To != 0) && (!isMonth(f.From) || !isMonth(f.To) || f.To < f.From) {
		e.Field("to", "error.complaint.months")
	}
	if f.Form == Ranks && f.Document == "" {
		e.Field("document", "error.complaint.document")
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

func isMonth(m int) bool { return m >= 200001 && m <= 220012 && m%100 >= 1 && m%100 <= 12 }
