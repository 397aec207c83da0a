package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/work"
)

// The kinds of long work with complaints.
const (
	complaintPlanKind   = "complaint_plan"
	complaintImportKind = "complaint_import"
)

// plannedComplaints is what a job of an import needs, as it is kept in its
// argument.
type plannedComplaints struct {
	Upload             survey.ID
	Document, District string    `json:",omitempty"`
	From, To, Of       int       `json:",omitempty"`
	Activity           survey.ID `json:",omitempty"`
	Digest             string    `json:",omitempty"` // of the plan that was accepted
	Strict             bool      `json:",omitempty"`
}

func (p plannedComplaints) text() string {
	text, _ := json.Marshal(p) // its fields cannot fail
	return string(text)
}

func plannedComplaintsOf(j work.Job) (plannedComplaints, error) {
	var p plannedComplaints
	if err := json.Unmarshal([]byte(j.Argument), &p); err != nil {
		return p, fmt.Errorf("job %s: %w", j.ID, err)
	}
	return p, nil
}

// keptComplaints is what the page of a plan and its export show.
type keptComplaints struct {
	File                          string
	Form                          roster.ComplaintForm
	Document, District            string
	From, To                      int
	Digest                        string
	Added, Changed, Same, Refused int
	Unmatched                     int
	Lines                         []complaintLine
	Refusals                      []roster.Refusal
	Notes                         []roster.Note
	MoreLines, MoreRefusals       int
	MoreNotes                     int
}

// complaintLine is a ticket, a monthly total or a rank that is added or
// changed.
type complaintLine struct {
	Kind          roster.Kind
	Row           int
	Sheet         string
	Number, Name  string // of a ticket; Name is the file's where Matched is not set
	Matched       bool
	Month         int
	Old, New      int64
	Of            int
	OldOf, Totals bool // there was an old one; it is a total or a rank
}

// MonthName is the month of a total.
func (l complaintLine) MonthName() string { return monthName(l.Month) }

// Covers says whether the file says of which months it has all tickets.
func (p keptComplaints) Covers() bool { return p.From != 0 }

// Empty says that nothing would be written.
func (p keptComplaints) Empty() bool { return p.Added == 0 && p.Changed == 0 && !p.Covers() }

// Since and Until are the months it covers.
func (p keptComplaints) Since() string { return monthName(p.From) }

// Until is the last of them.
func (p keptComplaints) Until() string { return monthName(p.To) }

func keptComplaintsOf(file roster.ComplaintFile, plan roster.ComplaintPlan) keptComplaints {
	v := keptComplaints{
		File: file.Name, Form: plan.Form, Document: file.Document, District: file.District, From: file.From, To: file.To, Digest: plan.Digest(),
		Unmatched: plan.Unmatched, Refusals: plan.Refused, MoreRefusals: plan.MoreRefused, Notes: plan.Notes,
	}
	if plan.Form != roster.Tickets {
		v.From, v.To = 0, 0
	}
	v.Added, v.Changed, v.Same, v.Refused = plan.Counts()
	for _, t := range plan.Tickets {
		if t.Kind != roster.Same {
			name := t.Complaint.ProjectName
			if name == "" {
				name = t.Complaint.Named
			}
			v.Lines = append(v.Lines, complaintLine{Kind: t.Kind, Row: t.Row, Sheet: t.Sheet, Number: t.Complaint.Number, Name: name, Matched: t.Complaint.Project != 0})
		}
	}
	for _, t := range plan.Totals {
		if t.Kind != roster.Same {
			v.Lines = append(v.Lines, complaintLine{
				Kind: t.Kind, Row: t.Row, Sheet: t.Sheet, Name: t.Project.Name, Matched: true, Month: t.Month,
				Old: t.Old, New: t.New, Of: t.Of, OldOf: t.Kind == roster.Changed, Totals: true,
			})
		}
	}
	return v.first(mostKept)
}

// first is the plan with at most so many of each list.
func (p keptComplaints) first(most int) keptComplaints {
	p.Lines = first(p.Lines, most, &p.MoreLines)
	p.Refusals = first(p.Refusals, most, &p.MoreRefusals)
	p.Notes = first(p.Notes, most, &p.MoreNotes)
	return p
}

// doComplaintPlan plans an upload.
func (h *Handlers) doComplaintPlan(ctx context.Context, j work.Job, progress work.Progress) (work.Result, error) {
	_, file, plan, err := h.importingComplaints(ctx, j, progress, roster.Apply{})
	if err != nil {
		return work.Result{}, err
	}
	data, err := json.Marshal(keptComplaintsOf(file, plan))
	if err != nil {
		return work.Result{}, fmt.Errorf("preview: %w", err)
	}
	return work.Result{File: &work.File{Name: "preview.json", Media: "application/json", Data: data}}, nil
}

// doComplaintImport writes an accepted plan, in one transaction.
func (h *Handlers) doComplaintImport(ctx context.Context, j work.Job, progress work.Progress) (work.Result, error) {
	p, _, plan, err := h.importingComplaints(ctx, j, progress, roster.Apply{Apply: true})
	if err != nil {
		return work.Result{}, err
	}
	if p.Strict && plan.RefusedRows > 0 {
		return work.Result{}, survey.Fail(survey.Conflict, "error.import.strict")
	}
	done := importedComplaints{Unmatched: plan.Unmatched}
	done.Added, done.Changed, _, done.Refused = plan.Counts()
	text, err := json.Marshal(done)
	if err != nil {
		return work.Result{}, fmt.Errorf("import: %w", err)
	}
	return work.Result{Text: string(text)}, nil
}

// importedComplaints is what an import wrote, as it is kept with its job.
type importedComplaints struct {
	Added, Changed, Refused, Unmatched int
}

// importingComplaints reads the file that a job is about and plans or applies
// it as the job's account.
func (h *Handlers) importingComplaints(ctx context.Context, j work.Job, progress work.Progress, opt roster.Apply) (plannedComplaints, roster.ComplaintFile, roster.ComplaintPlan, error) {
	var none roster.ComplaintPlan
	p, err := plannedComplaintsOf(j)
	if err != nil {
		return p, roster.ComplaintFile{}, none, err
	}
	who, err := h.workingFor(ctx, j, survey.ImportComplaints)
	if err != nil {
		return p, roster.ComplaintFile{}, none, err
	}
	progress("reading", 0, 0)
	name, data, err := h.Store.Upload(ctx, who, p.Upload)
	if survey.KindOf(err) == survey.NotFound {
		err = survey.Fail(survey.Conflict, goneKey)
	}
	if err != nil {
		return p, roster.ComplaintFile{}, none, err
	}
	file, err := roster.ReadComplaints(ctx, name, bytes.NewReader(data))
	if err != nil {
		return p, file, none, err
	}
	file.Document, file.District, file.Activity, file.Of = p.Document, p.District, p.Activity, p.Of
	if file.Form == roster.Tickets {
		file.From, file.To = p.From, p.To
	}
	progress("comparing", 0, 0)
	opt.Digest, opt.Strict = p.Digest, p.Strict
	plan, err := h.Store.ImportComplaints(ctx, who, file, opt)
	return p, file, plan, err
}
