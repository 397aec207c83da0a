package model

import (
	"context"
	"fmt"
	"slices"

	"meihao/survey"
	"meihao/survey/roster"
)

// ImportComplaints plans what a file of complaints changes in the actor's scope
// and, where it shall, writes exactly that in one transaction. A plan that is
// not the one whose digest was accepted is a Conflict.
func (s *Store) ImportComplaints(ctx context.Context, actor survey.Actor, file roster.ComplaintFile, opt roster.Apply) (roster.ComplaintPlan, error) {
	if err := permitted(actor, survey.ImportComplaints); err != nil {
		return roster.ComplaintPlan{}, err
	}
	if !opt.Apply {
		l := s.lookup(ctx)
		return l.planComplaints(actor, file)
	}
	var plan roster.ComplaintPlan
	err := s.change(ctx, actor, func(c *change) error {
		var err error
		if plan, err = c.lookup().planComplaints(actor, file); err != nil {
			return err
		}
		switch {
		case opt.Digest != "" && opt.Digest != plan.Digest():
			return survey.Fail(survey.Conflict, "error.complaint.moved")
		case opt.Strict && plan.RefusedRows > 0:
			return nil
		case plan.Empty() && file.From == 0:
			return nil
		}
		return c.writeComplaints(file, plan)
	})
	return plan, err
}

func (l lookup) planComplaints(actor survey.Actor, file roster.ComplaintFile) (roster.ComplaintPlan, error) {
	if err := file.Check(); err != nil {
		return roster.ComplaintPlan{}, err
	}
	if file.Form == roster.Ranks {
		if _, err := l.activity(file.Activity); err != nil {
			return roster.ComplaintPlan{}, survey.Fail(survey.Invalid, "error.complaint.activity").Field("activity", "error.complaint.activity")
		}
	}
	projects, err := l.projectsWhere("1 = 1")
	if err != nil {
		return roster.ComplaintPlan{}, err
	}
	own := ""
	if !actor.Scope.All {
		if own, err = l.placeName(survey.Scope{District: actor.Scope.District}); err != nil {
			return roster.ComplaintPlan{}, err
		}
		file.District = own
	}
	known := roster.KnownComplaints{Projects: projects, Scope: actor.Scope, District: own, Tickets: map[[2]string]survey.Complaint{}, Totals: map[survey.ID]map[int]int64{}, Of: map[survey.ID]int{}, Now: l.now()}
	switch file.Form {
	case roster.Tickets:
		err = l.knownTickets(file, known.Tickets)
	case roster.Months:
		err = l.knownMonths(known.Totals)
	case roster.Ranks:
		err = l.knownRanks(file.Activity, known)
	}
	if err != nil {
		return roster.ComplaintPlan{}, err
	}
	return roster.PlanComplaints(known, file), nil
}

func (l lookup) knownTickets(file roster.ComplaintFile, known map[[2]string]survey.Complaint) error {
	const many = 5000
	numbers := make([]string, len(file.Rows))
	for i, r := range file.Rows {
		numbers[i] = r.Ticket.Number
	}
	for len(numbers) > 0 {
		n := min(many, len(numbers))
		var rows []complaintRow
		if err := l.db.Where("number IN ?", numbers[:n]).Find(&rows).Error; err != nil {
			return fmt.Errorf("complaints: %w", err)
		}
		for _, r := range rows {
			known[[2]string{r.Source, r.Number}] = r.complaint()
		}
		numbers = numbers[n:]
	}
	return nil
}

func (l lookup) knownMonths(known map[survey.ID]map[int]int64) error {
	var rows []complaintMonthRow
	if err := l.db.Find(&rows).Error; err != nil {
		return fmt.Errorf("complaints: %w", err)
	}
	for _, r := range rows {
		if known[r.Project] == nil {
			known[r.Project] = map[int]int64{}
		}
		known[r.Project][r.Month] = r.Complaints
	}
	return nil
}

func (l lookup) knownRanks(activity survey.ID, known roster.KnownComplaints) error {
	var rows []complaintRankRow
	if err := l.db.Where("activity = ?", activity).Find(&rows).Error; err != nil {
		return fmt.Errorf("complaints: %w", err)
	}
	for _, r := range rows {
		known.Totals[r.Project], known.Of[r.Project] = map[int]int64{0: int64(r.Place)}, r.Places
	}
	return nil
}

// writeComplaints writes what a plan says, with its batch.
func (c *change) writeComplaints(file roster.ComplaintFile, plan roster.ComplaintPlan) error {
	batch := complaintBatchRow{
		ID: newID(), Kind: string(file.Form), Name: file.Name, Digest: file.SHA256[:], Document: file.Document,
		CoversFrom: file.From, CoversTo: file.To, Added: millis(c.at), Account: c.actor.Account,
	}
	if !c.actor.Scope.All {
		batch.District = c.actor.Scope.District
	} else if file.District != "" {
		err := c.tx.Raw("SELECT id FROM districts WHERE name = ?", file.District).Scan(&batch.District).Error
		if err != nil {
			return fmt.Errorf("complaints: %w", err)
		}
		if batch.District == 0 {
			return survey.Fail(survey.Invalid, "error.complaint.district").Field("district", "error.complaint.district")
		}
	}
	if err := c.tx.Create(&batch).Error; err != nil {
		return fmt.Errorf("complaint batch: %w", err)
	}
	if err := c.writeTickets(batch.ID, plan.Tickets); err != nil {
		return fmt.Errorf("complaints: %w", err)
	}
	if err := c.writeTotals(file, batch.ID, plan.Totals); err != nil {
		return fmt.Errorf("complaints: %w", err)
	}
	added, changed, same, refused := plan.Counts()
	return c.record("complaint.imported", object("batch", batch.ID), "", detail{
		"kind": file.Form, "name": file.Name, "document": file.Document, "from": file.From, "to": file.To,
		"added": added, "changed": changed, "same": same, "refused": refused, "unmatched": plan.Unmatched,
	})
}

// writeTickets writes new tickets, and changed ones anew under their old id:
// many rows to a statement, for nobody else can save while a file is written.
func (c *change) writeTickets(batch survey.ID, tickets []roster.ComplaintChange) error {
	var rows []complaintRow
	var changed []survey.ID
	for _, t := range tickets {
		switch t.Kind {
		case roster.Added:
			t.Complaint.ID = newID()
		case roster.Changed:
			changed = append(changed, t.Complaint.ID)
		default:
			continue
		}
		rows = append(rows, rowOfComplaint(t.Complaint, batch))
	}
	for ids := range slices.Chunk(changed, bulk) {
		if err := c.tx.Where("id IN ?", ids).Delete(&complaintRow{}).Error; err != nil {
			return err
		}
	}
	return insert(c.tx, rows)
}

func (c *change) writeTotals(file roster.ComplaintFile, batch survey.ID, totals []roster.TotalChange) error {
	for _, t := range totals {
		if t.Kind == roster.Same {
			continue
		}
		var row any = &complaintMonthRow{Project: t.Project.ID, Month: t.Month, Complaints: t.New, Batch: batch}
		if file.Form == roster.Ranks {
			row = &complaintRankRow{Activity: file.Activity, Project: t.Project.ID, Place: int(t.New), Places: t.Of, Batch: batch}
		}
		if err := c.tx.Save(row).Error; err != nil {
			return err
		}
	}
	return nil
}
