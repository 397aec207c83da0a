package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"meihao/survey"
)

type applicationRow struct {
	Activity  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project   survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Stage     survey.ApplicationStage
	Statement string
	Reason    string
	AppliedBy survey.ID
	AppliedAt int64
	DecidedBy survey.ID
	DecidedAt int64
}

// TableName is gorm's question.
func (applicationRow) TableName() string { return "applications" }

// Applications of an activity by projects in scope, the latest first.
func (s *Store) Applications(ctx context.Context, scope survey.Scope, activity survey.ID) ([]survey.Application, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return nil, err
	}
	where, args := within(scope, "projects")
	return l.applications(a, where, args...)
}

// Application of one project in scope; its Stage is "" where it never applied.
func (s *Store) Application(ctx context.Context, scope survey.Scope, activity, project survey.ID) (survey.Application, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return survey.Application{}, err
	}
	p, err := l.project(scope, project)
	if err != nil {
		return survey.Application{}, err
	}
	list, err := l.applications(a, "projects.id = ?", project)
	if err != nil || len(list) == 0 {
		return survey.Application{Activity: activity, Project: p}, err
	}
	return list[0], nil
}

func (l lookup) applications(a survey.Activity, where string, args ...any) ([]survey.Application, error) {
	of := "projects.id IN (SELECT project FROM applications WHERE activity = ?) AND " + where
	projects, err := l.projectsWhere(of, append([]any{a.ID}, args...)...)
	if err != nil {
		return nil, err
	}
	var rows []applicationRow
	err = l.db.Where("activity = ? AND project IN (SELECT id FROM projects WHERE "+where+")", append([]any{a.ID}, args...)...).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("applications: %w", err)
	}
	ids := make([]survey.ID, 0, 2*len(rows))
	byProject := make(map[survey.ID]applicationRow, len(rows))
	for _, r := range rows {
		ids = append(ids, r.AppliedBy, r.DecidedBy)
		byProject[r.Project] = r
	}
	names, err := l.people(ids...)
	if err != nil {
		return nil, err
	}
	list := make([]survey.Application, len(projects))
	for i, p := range projects {
		r := byProject[p.ID]
		list[i] = survey.Application{
			Activity: a.ID, Project: p, Stage: r.Stage, Statement: r.Statement, Reason: r.Reason,
			By: names[r.AppliedBy], Account: r.AppliedBy, At: moment(r.AppliedAt), DecidedBy: names[r.DecidedBy], DecidedAt: moment(r.DecidedAt),
			Late: survey.Late(a.DistrictDue, moment(r.AppliedAt)),
		}
	}
	slices.SortStableFunc(list, func(x, y survey.Application) int { return cmp.Compare(y.At.UnixMilli(), x.At.UnixMilli()) })
	return list, nil
}

// Apply hands in the application of a project in scope, or hands it in again
// after it was returned or withdrawn. An activity with a candidate pool takes
// only its candidates.
func (s *Store) Apply(ctx context.Context, actor survey.Actor, activity, project survey.ID, statement string) error {
	if err := survey.CheckStatement(statement); err != nil {
		return err
	}
	return s.applying(ctx, actor, survey.ApplyForTitle, activity, project, func(c *change, a survey.Activity, r *applicationRow) error {
		if !r.Stage.MayApply() {
			return survey.Fail(survey.Conflict, "error.application.there")
		}
		if err := c.inPool(a, project); err != nil {
			return err
		}
		r.Stage, r.Statement, r.Reason = survey.Applied, strings.TrimSpace(statement), ""
		r.AppliedBy, r.AppliedAt, r.DecidedBy, r.DecidedAt = c.actor.Account, millis(c.at), 0, 0
		return nil
	})
}

// inPool refuses who is no candidate of an activity that has a pool of them.
func (c *change) inPool(a survey.Activity, project survey.ID) error {
	if !a.Pooled {
		return nil
	}
	var n int64
	if err := c.tx.Model(&poolRow{}).Where("activity = ? AND project = ?", a.ID, project).Count(&n).Error; err != nil {
		return fmt.Errorf("pool: %w", err)
	}
	if n == 0 {
		return survey.Fail(survey.Conflict, "error.application.pool")
	}
	return nil
}

// WithdrawApplication takes an application back that is not decided yet.
func (s *Store) WithdrawApplication(ctx context.Context, actor survey.Actor, activity, project survey.ID, reason string) error {
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	return s.applying(ctx, actor, survey.ApplyForTitle, activity, project, func(_ *change, _ survey.Activity, r *applicationRow) error {
		if !r.Stage.MayWithdraw() {
			return survey.Fail(survey.Conflict, "error.application.decided")
		}
		r.Stage, r.Reason = survey.Withdrawn, strings.TrimSpace(reason)
		return nil
	})
}

// DecideApplication takes an application one step on. Acceptance counts against
// the district's cap in the same transaction where the district picks its
// projects beforehand; elsewhere the cap is one of the later selection (R05).
func (s *Store) DecideApplication(ctx context.Context, actor survey.Actor, activity, project survey.ID, to survey.ApplicationStage, reason string) error {
	if to != survey.Accepted && to != survey.Reviewed || reason != "" {
		if err := survey.CheckReason(reason); err != nil {
			return err
		}
	}
	return s.applying(ctx, actor, survey.ReviewApplications, activity, project, func(c *change, a survey.Activity, r *applicationRow) error {
		p, err := c.lookup().project(actor.Scope, project)
		if err != nil {
			return err
		}
		part, err := c.lookup().districtPart(a, p.Place.District)
		if err != nil {
			return err
		}
		if part.Mode == "" {
			return survey.Fail(survey.Conflict, "error.application.mode")
		}
		if !slices.Contains(r.Stage.Next(part.Mode), to) {
			return survey.Fail(survey.Conflict, "error.application.step")
		}
		if r.AppliedBy == actor.Account {
			return survey.Fail(survey.Conflict, "error.second_person")
		}
		if to == survey.Accepted {
			if err := c.inPool(a, project); err != nil {
				return err
			}
		}
		if to == survey.Accepted && part.Mode == survey.Voluntary && part.Accepted >= part.Cap {
			return survey.Fail(survey.Conflict, "error.application.cap", "Cap", part.Cap)
		}
		r.Stage, r.Reason, r.DecidedBy, r.DecidedAt = to, strings.TrimSpace(reason), actor.Account, millis(c.at)
		return nil
	})
}

// applying runs a step of an application with its event.
func (s *Store) applying(ctx context.Context, actor survey.Actor, action survey.Action, activity, project survey.ID,
	f func(*change, survey.Activity, *applicationRow) error,
) error {
	if err := permitted(actor, action); err != nil {
		return err
	}
	return s.change(ctx, actor, func(c *change) error {
		if _, err := c.lookup().project(actor.Scope, project); err != nil {
			return err
		}
		a, err := c.working(activity)
		if err != nil {
			return err
		}
		var row applicationRow
		if err := c.tx.Where("activity = ? AND project = ?", activity, project).Limit(1).Find(&row).Error; err != nil {
			return fmt.Errorf("application: %w", err)
		}
		before := row.Stage
		if err := f(c, a, &row); err != nil {
			return err
		}
		row.Activity, row.Project = activity, project
		if err := c.tx.Save(&row).Error; err != nil {
			return fmt.Errorf("application: %w", err)
		}
		return c.record("application."+string(row.Stage), object("activity", activity), row.Reason,
			detail{"project": project.String(), "old": before, "new": row.Stage, "late": survey.Late(a.DistrictDue, c.at)})
	})
}
