package model

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"meihao/survey"
)

type poolRow struct {
	Activity survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	AddedBy  survey.ID
	Added    int64
}

// TableName is gorm's question.
func (poolRow) TableName() string { return "activity_pool" }

// Pool are the candidates of an activity in scope.
func (s *Store) Pool(ctx context.Context, scope survey.Scope, activity survey.ID) ([]survey.Project, error) {
	where, args := within(scope, "projects")
	return s.lookup(ctx).projectsWhere("projects.id IN (SELECT project FROM activity_pool WHERE activity = ?) AND "+where, append([]any{activity}, args...)...)
}

// SetPool replaces the candidates of an activity by projects and by further
// ones named by register number. Numbers that no project has are Invalid, and
// named.
func (s *Store) SetPool(ctx context.Context, actor survey.Actor, activity survey.ID, projects []survey.ID, registers []string) (int, error) {
	if err := permitted(actor, survey.ManageActivities); err != nil {
		return 0, err
	}
	candidates := 0
	err := s.change(ctx, actor, func(c *change) error {
		if err := c.notEnded(activity); err != nil {
			return err
		}
		ids, err := c.candidates(projects, registers)
		if err != nil {
			return err
		}
		if err := c.tx.Where("activity = ?", activity).Delete(&poolRow{}).Error; err != nil {
			return fmt.Errorf("pool: %w", err)
		}
		rows := make([]poolRow, len(ids))
		for i, id := range ids {
			rows[i] = poolRow{Activity: activity, Project: id, AddedBy: actor.Account, Added: millis(c.at)}
		}
		if err := insert(c.tx, rows); err != nil {
			return fmt.Errorf("pool: %w", err)
		}
		candidates = len(rows)
		return c.record("activity.pool", object("activity", activity), "", detail{"projects": texts(ids)})
	})
	return candidates, err
}

// candidates are the projects of ids and register numbers, each once.
func (c *change) candidates(projects []survey.ID, registers []string) ([]survey.ID, error) {
	var known []struct {
		ID       survey.ID
		Register string
	}
	err := c.tx.Table("projects").Select("id, register").Where("id IN ? OR (register <> '' AND register IN ?)", projects, registers).Find(&known).Error
	if err != nil {
		return nil, fmt.Errorf("projects: %w", err)
	}
	there, ids := map[string]bool{}, make([]survey.ID, len(known))
	for i, k := range known {
		there[k.Register], ids[i] = true, k.ID
	}
	var missing []string
	for _, r := range registers {
		if !there[r] {
			missing = append(missing, r)
		}
	}
	if len(missing) > 0 {
		const most = 20 // named; the others are found after these are mended
		named := strings.Join(missing[:min(len(missing), most)], ", ")
		return nil, survey.Fail(survey.Invalid, "error.pool.unknown", "N", len(missing), "Numbers", named).
			Field("registers", "error.pool.unknown", "N", len(missing), "Numbers", named)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

func texts(ids []survey.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = id.String()
	}
	return list
}
