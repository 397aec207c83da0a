package model

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
)

type complaintRow struct {
	ID            survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Source        string
	Number        string
	Project       survey.ID
	District      string
	Community     string
	Named         string
	Class         survey.ComplaintClass
	Received      int64
	FirstResponse int64
	Resolved      int64
	Reopened      bool
	Valid         bool
	Batch         survey.ID
	Dismissed     string
}

type complaintMonthRow struct {
	Project    survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Month      int       `gorm:"primaryKey;autoIncrement:false"`
	Complaints int64
	Batch      survey.ID
}

type complaintRankRow struct {
	Activity survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Place    int
	Places   int
	Batch    survey.ID
}

type complaintBatchRow struct {
	ID         survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Kind       string
	Name       string
	Digest     []byte
	Document   string
	District   survey.ID
	CoversFrom int
	CoversTo   int
	Added      int64
	Account    survey.ID
	Removed    int64
	Removal    string
}

// TableName is gorm's question.
func (complaintRow) TableName() string { return "complaints" }

// TableName is gorm's question.
func (complaintMonthRow) TableName() string { return "complaint_months" }

// TableName is gorm's question.
func (complaintRankRow) TableName() string { return "complaint_ranks" }

// TableName is gorm's question.
func (complaintBatchRow) TableName() string { return "complaint_batches" }

func (r complaintRow) complaint() survey.Complaint {
	return survey.Complaint{
		ID: r.ID, Number: r.Number, Source: r.Source, Project: r.Project, District: r.District, Community: r.Community, Named: r.Named,
		Class: r.Class, Received: moment(r.Received), FirstResponse: moment(r.FirstResponse), Resolved: moment(r.Resolved),
		Reopened: r.Reopened, Valid: r.Valid, Batch: r.Batch, Dismissed: r.Dismissed,
	}
}

func rowOfComplaint(c survey.Complaint, batch survey.ID) complaintRow {
	return complaintRow{
		ID: c.ID, Source: c.Source, Number: c.Number, Project: c.Project, District: c.District, Community: c.Community, Named: c.Named,
		Class: c.Class, Received: millis(c.Received), FirstResponse: millis(c.FirstResponse), Resolved: millis(c.Resolved),
		Reopened: c.Reopened, Valid: c.Valid, Batch: batch, Dismissed: c.Dismissed,
	}
}

// complaintsWithin is the condition under which a complaint lies in a scope:
// by its project, or while it has none by the district that the file named.
func (l lookup) complaintsWithin(scope survey.Scope) (string, []any, error) {
	if scope.All {
		return "1 = 1", nil, nil
	}
	where, args := within(scope, "p")
	condition := "complaints.project IN (SELECT p.id FROM projects p WHERE " + where + ")"
	if scope.District == 0 {
		return condition, args, nil
	}
	name, err := l.placeName(scope)
	if err != nil {
		return "", nil, err
	}
	return "(" + condition + " OR complaints.project = 0 AND complaints.district = ?)", append(args, name), nil
}

// Complaints in scope that a filter chooses, the latest first, and how many
// there are on all pages together.
func (s *Store) Complaints(ctx context.Context, scope survey.Scope, f survey.ComplaintFilter) ([]survey.Complaint, int, error) {
	l := s.lookup(ctx)
	where, args, err := l.complaintsWithin(scope)
	if err != nil {
		return nil, 0, err
	}
	chosen := l.db.Table("complaints").Where(where, args...).Scopes(l.complaintsChosen(f))
	var count int64
	if err := chosen.Session(&gorm.Session{}).Count(&count).Error; err != nil {
		return nil, 0, fmt.Errorf("complaints: %w", err)
	}
	var views []struct {
		Row         complaintRow `gorm:"embedded"`
		ProjectName string
	}
	page := chosen.Session(&gorm.Session{}).Select("complaints.*, COALESCE(p.name, '') AS project_name").
		Joins("LEFT JOIN projects p ON p.id = complaints.project").Order("complaints.received DESC, complaints.id").Offset(f.Offset)
	if f.Limit > 0 {
		page = page.Limit(f.Limit)
	} else {
		page = page.Limit(mostComplaints)
	}
	if err := page.Find(&views).Error; err != nil {
		return nil, 0, fmt.Errorf("complaints: %w", err)
	}
	list := make([]survey.Complaint, len(views))
	for i, v := range views {
		list[i] = v.Row.complaint()
		list[i].ProjectName = v.ProjectName
	}
	return list, int(count), nil
}

// mostComplaints is how many are read at most without a page.
const mostComplaints = 200_000

func (l lookup) complaintsChosen(f survey.ComplaintFilter) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		db = complaintsFound(db, f)
		if f.Project != 0 {
			db = db.Where("complaints.project = ?", f.Project)
		}
		if f.Unmatched {
			db = db.Where("complaints.project = 0 AND complaints.dismissed = ''")
		}
		if f.Class != "" {
			db = db.Where("complaints.class = ?", f.Class)
		}
		if !f.From.IsZero() {
			db = db.Where("complaints.received >= ?", millis(f.From))
		}
		if !f.To.IsZero() {
			db = db.Where("complaints.received < ?", millis(f.To))
		}
		return l.complaintsStanding(db, f.State)
	}
}

// MatchComplaints says which project complaints are about that nobody could
// match by name, or with project 0 and a reason that they are about none. All
// must be unmatched and in scope.
func (s *Store) MatchComplaints(ctx context.Context, actor survey.Actor, ids []survey.ID, project survey.ID, reason string) error {
	if err := permitted(actor, survey.ImportComplaints); err != nil {
		return err
	}
	if len(ids) == 0 {
		return survey.Fail(survey.Invalid, "error.complaint.none").Field("complaint", "error.complaint.none")
	}
	if project == 0 {
		if err := survey.CheckReason(reason); err != nil {
			return err
		}
	}
	return s.change(ctx, actor, func(c *change) error {
		l := c.lookup()
		if project != 0 {
			if _, err := l.project(actor.Scope, project); err != nil {
				return err
			}
		}
		where, args, err := l.complaintsWithin(actor.Scope)
		if err != nil {
			return err
		}
		to := map[string]any{"project": project}
		if project == 0 {
			to["dismissed"] = strings.TrimSpace(reason)
		}
		done := c.tx.Model(&complaintRow{}).Where(where, args...).
			Where("complaints.project = 0 AND complaints.dismissed = '' AND complaints.id IN ?", ids).Updates(to)
		if done.Error != nil {
			return fmt.Errorf("complaints: %w", done.Error)
		}
		if int(done.RowsAffected) != len(ids) {
			return survey.NotFoundError("error.not_found")
		}
		return c.record("complaint.matched", object("project", project), reason, detail{"count": len(ids)})
	})
}

// ComplaintBatches are the files that were imported by or for the scope's
// district, the latest first.
func (s *Store) ComplaintBatches(ctx context.Context, scope survey.Scope) ([]survey.ComplaintBatch, error) {
	var views []struct {
		Row    complaintBatchRow `gorm:"embedded"`
		ByName string
		Rows   int
	}
	db := s.lookup(ctx).db.Table("complaint_batches").Select(`complaint_batches.*, ` + byName + `,
		(SELECT COUNT(*) FROM complaints x WHERE x.batch = complaint_batches.id) +
		(SELECT COUNT(*) FROM complaint_months x WHERE x.batch = complaint_batches.id) +
		(SELECT COUNT(*) FROM complaint_ranks x WHERE x.batch = complaint_batches.id) AS ` + "`rows`").
		Joins("LEFT JOIN accounts a ON a.id = complaint_batches.account")
	if !scope.All {
		db = db.Where("complaint_batches.district = ? AND complaint_batches.district <> 0", scope.District)
	}
	if err := db.Order("complaint_batches.added DESC, complaint_batches.id").Find(&views).Error; err != nil {
		return nil, fmt.Errorf("complaint batches: %w", err)
	}
	list := make([]survey.ComplaintBatch, len(views))
	for i, v := range views {
		r := v.Row
		list[i] = survey.ComplaintBatch{
			ID: r.ID, Kind: r.Kind, Name: r.Name, Document: r.Document, District: r.District, From: r.CoversFrom, To: r.CoversTo,
			Rows: v.Rows, At: moment(r.Added), By: v.ByName, Removed: moment(r.Removed), Reason: r.Removal,
		}
		copy(list[i].SHA256[:], r.Digest)
	}
	return list, nil
}

// RemoveComplaintBatch takes a file back with all its rows. It is a Conflict
// where rows of another file would go with it: where the file changed what an
// earlier one brought, or a later one of its kind that stays met rows again that
// were there already.
func (s *Store) RemoveComplaintBatch(ctx context.Context, actor survey.Actor, id survey.ID, reason string) error {
	if err := permitted(actor, survey.ImportComplaints); err != nil {
		return err
	}
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	return s.change(ctx, actor, func(c *change) error {
		var row complaintBatchRow
		if err := c.tx.Where("id = ?", id).Limit(1).Find(&row).Error; err != nil {
			return fmt.Errorf("complaint batch: %w", err)
		}
		if row.ID == 0 || !actor.Scope.Manages(row.District) {
			return survey.NotFoundError("error.not_found")
		}
		if row.Removed != 0 {
			return survey.Fail(survey.Conflict, "error.complaint.removed")
		}
		if err := c.batchAlone(row); err != nil {
			return err
		}
		d := detail{"name": row.Name}
		for _, table := range []string{"complaints", "complaint_months", "complaint_ranks"} {
			gone := c.tx.Exec("DELETE FROM "+table+" WHERE batch = ?", id)
			if gone.Error != nil {
				return fmt.Errorf("complaint batch: %w", gone.Error)
			}
			d[table] = gone.RowsAffected
		}
		row.Removed, row.Removal = millis(c.at), strings.TrimSpace(reason)
		if err := c.tx.Save(&row).Error; err != nil {
			return fmt.Errorf("complaint batch: %w", err)
		}
		return c.record("complaint.batch_removed", object("batch", id), row.Removal, d)
	})
}

// monthOf is the month of a moment in Beijing: 202307.
func monthOf(t time.Time) int {
	y, m, _ := t.In(shanghai()).Date()
	return 100*y + int(m)
}
