package model

import (
	"context"
	"fmt"
	"strings"

	"meihao/survey"
)

type taskRow struct {
	ID       survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Activity survey.ID
	District survey.ID
	Title    string
	Due      int64
	DoneAt   int64
	DoneBy   survey.ID
	AddedBy  survey.ID
	Added    int64
}

// TableName is gorm's question.
func (taskRow) TableName() string { return "activity_tasks" }

// Tasks of an activity, the first due first: the city's, and those of districts
// in scope or in which the scope lies.
func (s *Store) Tasks(ctx context.Context, scope survey.Scope, activity survey.ID) ([]survey.Task, error) {
	var views []struct {
		Row    taskRow `gorm:"embedded"`
		Where  string
		ByName string
	}
	db := s.lookup(ctx).db.Table("activity_tasks").Select("activity_tasks.*, COALESCE(d.name, '') AS `where`, "+byName).
		Joins("LEFT JOIN districts d ON d.id = activity_tasks.district LEFT JOIN accounts a ON a.id = activity_tasks.done_by").
		Where("activity_tasks.activity = ?", activity)
	if !scope.All {
		inside, args := within(scope, "p")
		db = db.Where("(activity_tasks.district IN (0, ?) OR activity_tasks.district IN (SELECT p.district FROM projects p WHERE "+inside+"))",
			append([]any{scope.District}, args...)...)
	}
	if err := db.Order("activity_tasks.due, activity_tasks.id").Find(&views).Error; err != nil {
		return nil, fmt.Errorf("tasks: %w", err)
	}
	tasks := make([]survey.Task, len(views))
	for i, v := range views {
		tasks[i] = survey.Task{
			ID: v.Row.ID, Activity: v.Row.Activity, District: v.Row.District, Where: v.Where, Title: v.Row.Title,
			Due: moment(v.Row.Due), DoneAt: moment(v.Row.DoneAt), DoneBy: v.ByName,
		}
	}
	return tasks, nil
}

// AddTask adds a task to an activity, for a district that the actor manages or,
// with district 0, for the city.
func (s *Store) AddTask(ctx context.Context, actor survey.Actor, t survey.Task) error {
	if err := t.Check(); err != nil {
		return err
	}
	return s.tasking(ctx, actor, t.Activity, t.District, func(c *change) error {
		row := taskRow{
			ID: newID(), Activity: t.Activity, District: t.District, Title: strings.TrimSpace(t.Title), Due: millis(t.Due),
			AddedBy: actor.Account, Added: millis(c.at),
		}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("task: %w", err)
		}
		return c.record("activity.task_added", object("activity", t.Activity), "", detail{"task": row.ID.String(), "title": row.Title})
	})
}

// FinishTask marks a task as done or, again, as not done; RemoveTask takes one
// out that is not needed.
func (s *Store) FinishTask(ctx context.Context, actor survey.Actor, activity, id survey.ID, done bool) error {
	return s.task(ctx, actor, activity, id, "activity.task_done", func(c *change, row *taskRow) error {
		row.DoneAt, row.DoneBy = 0, 0
		if done {
			row.DoneAt, row.DoneBy = millis(c.at), actor.Account
		}
		return c.tx.Save(row).Error
	})
}

// RemoveTask removes a task.
func (s *Store) RemoveTask(ctx context.Context, actor survey.Actor, activity, id survey.ID) error {
	return s.task(ctx, actor, activity, id, "activity.task_removed", func(c *change, row *taskRow) error {
		return c.tx.Delete(row).Error
	})
}

func (s *Store) task(ctx context.Context, actor survey.Actor, activity, id survey.ID, action string, f func(*change, *taskRow) error) error {
	return s.change(ctx, actor, func(c *change) error {
		if err := permitted(actor, survey.ManageTasks); err != nil {
			return err
		}
		var row taskRow
		if err := c.tx.Where("activity = ? AND id = ?", activity, id).Limit(1).Find(&row).Error; err != nil {
			return fmt.Errorf("task: %w", err)
		}
		if row.ID == 0 || !actor.Scope.Manages(row.District) {
			return survey.NotFoundError("error.not_found")
		}
		if err := c.notEnded(activity); err != nil {
			return err
		}
		if err := f(c, &row); err != nil {
			return fmt.Errorf("task: %w", err)
		}
		return c.record(action, object("activity", activity), "", detail{"task": id.String(), "title": row.Title, "done": row.DoneAt != 0})
	})
}

func (s *Store) tasking(ctx context.Context, actor survey.Actor, activity, district survey.ID, f func(*change) error) error {
	return s.change(ctx, actor, func(c *change) error {
		if err := permitted(actor, survey.ManageTasks); err != nil {
			return err
		}
		if !actor.Scope.Manages(district) {
			return survey.Fail(survey.Forbidden, "error.forbidden")
		}
		if err := c.notEnded(activity); err != nil {
			return err
		}
		return f(c)
	})
}

// notEnded is nil while an activity can still be prepared or worked on.
func (c *change) notEnded(activity survey.ID) error {
	a, err := c.lookup().activity(activity)
	if err != nil || a.Ended.IsZero() {
		return err
	}
	return a.Works(c.at)
}
