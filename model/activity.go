package model

import (
	"context"
	"fmt"
	"strings"
	"time"

	"meihao/survey"
)

type activityRow struct {
	ID             survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Year           int
	Name           string
	Document       string
	RulesVersion   string
	SelectionOrder survey.SelectionOrder
	DistrictCap    int
	NomineesLeast  int
	NomineesMost   int
	CityTitles     int
	MinistryCases  int
	Starts         int64
	DistrictDue    int64
	ReportDue      int64
	Ended          int64
	ComplaintsFrom int64
	ComplaintsTo   int64
	PerHousehold   bool
	Citywide       bool
	Seconds        bool
	Pooled         bool
	ObjectionDays  int
	Revision       int64 // counts what was changed
}

// TableName is gorm's question.
func (activityRow) TableName() string { return "activities" }

func (r activityRow) activity() survey.Activity {
	a := survey.Activity{
		ID: r.ID, Year: r.Year, Name: r.Name, Document: r.Document, RulesVersion: r.RulesVersion, Order: r.SelectionOrder,
		DistrictCap: r.DistrictCap, NomineesLeast: r.NomineesLeast, NomineesMost: r.NomineesMost,
		CityTitles: r.CityTitles, MinistryCases: r.MinistryCases,
		Starts: moment(r.Starts), DistrictDue: moment(r.DistrictDue), ReportDue: moment(r.ReportDue), Ended: moment(r.Ended),
		ComplaintsFrom: moment(r.ComplaintsFrom), ComplaintsTo: moment(r.ComplaintsTo),
		PerHousehold: r.PerHousehold, Citywide: r.Citywide, Seconds: r.Seconds, Pooled: r.Pooled,
		ObjectionDays: r.ObjectionDays, Revision: r.Revision,
	}
	return a.WithYear()
}

// take copies what changes of an activity into its row.
func (r *activityRow) take(a survey.Activity) {
	r.Year, r.Name, r.Document, r.SelectionOrder = a.Year, strings.TrimSpace(a.Name), strings.TrimSpace(a.Document), a.Order
	r.DistrictCap, r.NomineesLeast, r.NomineesMost = a.DistrictCap, a.NomineesLeast, a.NomineesMost
	r.CityTitles, r.MinistryCases, r.ObjectionDays = a.CityTitles, a.MinistryCases, a.ObjectionDays
	r.Starts, r.DistrictDue, r.ReportDue, r.Ended = millis(a.Starts), millis(a.DistrictDue), millis(a.ReportDue), millis(a.Ended)
	r.ComplaintsFrom, r.ComplaintsTo = millis(a.ComplaintsFrom), millis(a.ComplaintsTo)
	r.PerHousehold, r.Citywide, r.Seconds, r.Pooled = a.PerHousehold, a.Citywide, a.Seconds, a.Pooled
}

func activityDetail(a survey.Activity) detail {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format("2006-01-02T15:04:05Z")
	}
	return detail{
		"year": a.Year, "name": a.Name, "document": a.Document, "order": a.Order, "district_cap": a.DistrictCap,
		"nominees": []int{a.NomineesLeast, a.NomineesMost}, "city_titles": a.CityTitles, "ministry_cases": a.MinistryCases,
		"starts": day(a.Starts), "district_due": day(a.DistrictDue), "report_due": day(a.ReportDue), "ended": day(a.Ended),
		"complaints": []string{day(a.ComplaintsFrom), day(a.ComplaintsTo)}, "per_household": a.PerHousehold,
		"citywide": a.Citywide, "seconds": a.Seconds, "pooled": a.Pooled, "objection_days": a.ObjectionDays,
	}
}

// Activities, the newest year first. They are the same for everybody.
func (s *Store) Activities(ctx context.Context) ([]survey.Activity, error) {
	return s.lookup(ctx).activities("1 = 1")
}

// Activity is one of them; NotFound where there is none.
func (s *Store) Activity(ctx context.Context, id survey.ID) (survey.Activity, error) {
	return s.lookup(ctx).activity(id)
}

func (l lookup) activities(where string, args ...any) ([]survey.Activity, error) {
	var rows []activityRow
	if err := l.db.Where(where, args...).Order("year DESC, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("activities: %w", err)
	}
	activities := make([]survey.Activity, len(rows))
	for i, r := range rows {
		activities[i] = r.activity()
	}
	return activities, nil
}

func (l lookup) activity(id survey.ID) (survey.Activity, error) {
	list, err := l.activities("id = ?", id)
	if err != nil {
		return survey.Activity{}, err
	}
	if len(list) == 0 {
		return survey.Activity{}, survey.NotFoundError("error.not_found")
	}
	return list[0], nil
}

// AddActivity makes an activity; it is the city's to make.
func (s *Store) AddActivity(ctx context.Context, actor survey.Actor, a survey.Activity) (survey.Activity, error) {
	if err := permitted(actor, survey.ManageActivities); err != nil {
		return survey.Activity{}, err
	}
	if err := a.Check(); err != nil {
		return survey.Activity{}, err
	}
	err := s.change(ctx, actor, func(c *change) error {
		row := activityRow{ID: newID(), RulesVersion: survey.RulesVersion}
		row.take(a)
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("activity: %w", err)
		}
		a = row.activity()
		return c.record("activity.added", object("activity", row.ID), "", activityDetail(a))
	})
	return a, err
}

// ChangeActivity makes of an activity what was asked for; to.Revision is that
// of the activity which the asker saw: one that was changed since is a Conflict.
func (s *Store) ChangeActivity(ctx context.Context, actor survey.Actor, to survey.Activity, reason string) (survey.Activity, error) {
	return s.changeActivity(ctx, actor, to.ID, "activity.changed", reason, func(c *change, a *survey.Activity) error {
		if a.Revision != to.Revision {
			return survey.Fail(survey.Conflict, "error.activity.changed")
		}
		if err := a.Change(to, c.at); err != nil {
			return err
		}
		return c.capHolds(*a)
	})
}

// EndActivity ends an activity for good. While a campaign of it is open, or
// closed and not sealed, it is a Conflict: its sheets could not take the result.
func (s *Store) EndActivity(ctx context.Context, actor survey.Actor, id survey.ID, reason string) (survey.Activity, error) {
	return s.changeActivity(ctx, actor, id, "activity.ended", reason, func(c *change, a *survey.Activity) error {
		if err := a.End(c.at); err != nil {
			return err
		}
		var names []string
		err := c.tx.Raw("SELECT name FROM campaigns WHERE activity = ? AND stage IN ?", id,
			[]survey.Stage{survey.OpenStage, survey.ClosedStage}).Scan(&names).Error
		if err != nil {
			return fmt.Errorf("campaigns: %w", err)
		}
		if len(names) > 0 {
			return survey.Fail(survey.Conflict, "error.activity.campaigns", "N", len(names), "Name", names[0])
		}
		return nil
	})
}

// changeActivity runs a change of an activity with its event; it wants a reason.
func (s *Store) changeActivity(ctx context.Context, actor survey.Actor, id survey.ID, action, reason string, f func(*change, *survey.Activity) error) (survey.Activity, error) {
	var changed survey.Activity
	if err := permitted(actor, survey.ManageActivities); err != nil {
		return changed, err
	}
	if err := survey.CheckReason(reason); err != nil {
		return changed, err
	}
	err := s.change(ctx, actor, func(c *change) error {
		before, err := c.lookup().activity(id)
		if err != nil {
			return err
		}
		changed = before
		if err := f(c, &changed); err != nil {
			return err
		}
		row := activityRow{ID: id, RulesVersion: before.RulesVersion, Revision: before.Revision + 1}
		row.take(changed)
		if err := c.tx.Select("*").Updates(&row).Error; err != nil {
			return fmt.Errorf("activity: %w", err)
		}
		changed = row.activity()
		return c.record(action, object("activity", id), strings.TrimSpace(reason), detail{"old": activityDetail(before), "new": activityDetail(changed)})
	})
	return changed, err
}

// capHolds refuses a cap below what a district has accepted that picks its
// projects beforehand.
func (c *change) capHolds(a survey.Activity) error {
	parts, err := c.lookup().districtParts(a, "1 = 1")
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.Mode == survey.Voluntary && p.Accepted > a.DistrictCap {
			return survey.Fail(survey.Conflict, "error.activity.cap_below", "N", p.Accepted).Field("district_cap", "error.activity.cap_below", "N", p.Accepted)
		}
	}
	return nil
}

// working is an activity that takes changes now.
func (c *change) working(id survey.ID) (survey.Activity, error) {
	a, err := c.lookup().activity(id)
	if err != nil {
		return a, err
	}
	return a, a.Works(c.at)
}

// takesPart is the condition under which a project (by its column) has a sheet
// in an activity: an accepted application, or a campaign of the activity that
// was opened and has it enrolled, where an activity with a candidate pool has it
// as a candidate. Its arguments are the activity, twice.
func takesPart(project string) string {
	return `(EXISTS (SELECT 1 FROM applications x WHERE x.activity = ? AND x.stage = 'accepted' AND x.project = ` + project + `)
		OR EXISTS (SELECT 1 FROM enrolments x JOIN campaigns m ON m.id = x.campaign JOIN activities y ON y.id = m.activity
			WHERE m.activity = ? AND m.stage <> 'draft' AND x.project = ` + project + `
			AND (y.pooled = 0 OR EXISTS (SELECT 1 FROM activity_pool z WHERE z.activity = y.id AND z.project = x.project))))`
}

// TakesPart says whether a project in scope has a sheet in an activity.
func (s *Store) TakesPart(ctx context.Context, scope survey.Scope, activity, project survey.ID) (bool, error) {
	var n int64
	err := s.lookup(ctx).db.Table("projects").Scopes(inScope(scope)).
		Where("projects.id = ?", project).Where(takesPart("projects.id"), activity, activity).Count(&n).Error
	if err != nil {
		return false, fmt.Errorf("projects: %w", err)
	}
	return n > 0, nil
}

// firstRows makes, at first start, the activity of the running year and the
// default questionnaire, which a campaign cannot do without. It looks before
// it writes: a command beside a busy server must not wait for its turn.
func (s *Store) firstRows(ctx context.Context, questionnaire []byte) error {
	if done, err := s.lookup(ctx).hasFirstRows(); err != nil || done {
		return err
	}
	return s.change(ctx, survey.System(), func(c *change) error {
		if done, err := c.lookup().hasFirstRows(); err != nil || done {
			return err
		}
		row := activityRow{ID: newID(), RulesVersion: survey.RulesVersion}
		row.take(survey.DefaultActivity(c.at))
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("activities: %w", err)
		}
		return c.publish(questionnaire)
	})
}

// hasFirstRows says whether firstRows was here: it leaves both or neither.
func (l lookup) hasFirstRows() (bool, error) {
	var n int64
	if err := l.db.Model(&questionnaireRow{}).Count(&n).Error; err != nil {
		return false, fmt.Errorf("questionnaires: %w", err)
	}
	return n > 0, nil
}
