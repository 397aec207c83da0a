package model

import (
	"context"
	"fmt"
	"strings"

	"meihao/survey"
)

type partRow struct {
	Activity survey.ID `gorm:"primaryKey;autoIncrement:false"`
	District survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Mode     survey.Mode
	Cap      int
	Contact  string
	Phone    string
}

// TableName is gorm's question.
func (partRow) TableName() string { return "activity_districts" }

// DistrictParts are how the districts in scope take part in an activity.
func (s *Store) DistrictParts(ctx context.Context, scope survey.Scope, activity survey.ID) ([]survey.DistrictPart, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return nil, err
	}
	where, args := "1 = 1", []any(nil)
	if !scope.All {
		within, more := within(scope, "p")
		where, args = "(districts.id = ? OR districts.id IN (SELECT p.district FROM projects p WHERE "+within+"))", append([]any{scope.District}, more...)
	}
	return l.districtParts(a, where, args...)
}

func (l lookup) districtParts(a survey.Activity, where string, args ...any) ([]survey.DistrictPart, error) {
	var views []struct {
		Row      partRow `gorm:"embedded"`
		ID       survey.ID
		Name     string
		Accepted int
	}
	err := l.db.Table("districts").Select(`t.*, districts.id, districts.name, (SELECT COUNT(*) FROM applications x
			JOIN projects p ON p.id = x.project WHERE x.activity = ? AND x.stage = 'accepted' AND p.district = districts.id) AS accepted`, a.ID).
		Joins("LEFT JOIN activity_districts t ON t.district = districts.id AND t.activity = ?", a.ID).
		Where(where, args...).Order("districts.position, districts.id").Find(&views).Error
	if err != nil {
		return nil, fmt.Errorf("districts of an activity: %w", err)
	}
	parts := make([]survey.DistrictPart, len(views))
	for i, v := range views {
		parts[i] = survey.DistrictPart{
			Activity: a.ID, District: v.ID, Name: v.Name, Mode: v.Row.Mode, Cap: v.Row.Cap,
			Contact: v.Row.Contact, Phone: v.Row.Phone, Accepted: v.Accepted,
		}
		if parts[i].Cap == 0 || parts[i].Cap > a.DistrictCap {
			parts[i].Cap = a.DistrictCap
		}
	}
	return parts, nil
}

func (l lookup) districtPart(a survey.Activity, district survey.ID) (survey.DistrictPart, error) {
	parts, err := l.districtParts(a, "districts.id = ?", district)
	if err != nil {
		return survey.DistrictPart{}, err
	}
	if len(parts) == 0 {
		return survey.DistrictPart{}, survey.NotFoundError("error.not_found")
	}
	return parts[0], nil
}

// ChangeDistrictPart says how a district takes part. The mode stays once
// applications were decided under it.
func (s *Store) ChangeDistrictPart(ctx context.Context, actor survey.Actor, to survey.DistrictPart) error {
	if err := permitted(actor, survey.ManageTasks); err != nil {
		return err
	}
	if !actor.Scope.Manages(to.District) {
		return survey.NotFoundError("error.not_found")
	}
	return s.change(ctx, actor, func(c *change) error {
		a, err := c.lookup().activity(to.Activity)
		if err != nil {
			return err
		}
		if !a.Ended.IsZero() {
			return a.Works(c.at)
		}
		before, err := c.lookup().districtPart(a, to.District)
		if err != nil {
			return err
		}
		to.Accepted = before.Accepted
		if err := to.Check(a); err != nil {
			return err
		}
		if before.Mode != "" && before.Mode != to.Mode && before.Accepted > 0 {
			return survey.Fail(survey.Conflict, "error.activity.mode_used", "N", before.Accepted)
		}
		row := partRow{Activity: to.Activity, District: to.District, Mode: to.Mode, Cap: to.Cap, Contact: strings.TrimSpace(to.Contact), Phone: strings.TrimSpace(to.Phone)}
		if err := c.tx.Save(&row).Error; err != nil {
			return fmt.Errorf("district of an activity: %w", err)
		}
		return c.record("activity.district", object("activity", to.Activity), "", detail{
			"district": to.District.String(), "old": []any{before.Mode, before.Cap}, "new": []any{to.Mode, to.Cap},
		})
	})
}
