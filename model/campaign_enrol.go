package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

type enrolmentRow struct {
	Campaign   survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project    survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Tag        uint32
	Households *int // nil until opening
	Occupied   *int
	GroupHomes string // see groupHomes
	Buildings  string // see frozenBuilding
}

// TableName is gorm's question.
func (enrolmentRow) TableName() string { return "enrolments" }

// Enrol replaces the list of a draft's projects. They must lie in the
// owner's area, else NotFound.
func (s *Store) Enrol(ctx context.Context, actor survey.Actor, campaign survey.ID, projects []survey.ID) error {
	return s.change(ctx, actor, func(c *change) error {
		v, err := c.managed(campaign)
		if err != nil {
			return err
		}
		if v.Row.Stage != survey.Draft {
			return survey.Fail(survey.Conflict, "error.campaign.not_draft")
		}
		chosen, err := c.ofArea(v.Row.Owner, projects)
		if err != nil {
			return err
		}
		if err := c.tx.Exec("DELETE FROM enrolments WHERE campaign = ?", campaign).Error; err != nil {
			return fmt.Errorf("enrolments: %w", err)
		}
		if err := c.enrol(campaign, chosen); err != nil {
			return err
		}
		return c.record("campaign.enrolled", object("campaign", campaign), "", detail{"projects": chosen})
	})
}

// areaOf is the scope of what a campaign's owner may enrol.
func areaOf(owner survey.ID) survey.Scope {
	if owner == 0 {
		return survey.CityScope()
	}
	return survey.Scope{District: owner}
}

// enrollable are the projects of an owner's area that have households.
func (c *change) enrollable(owner survey.ID) ([]survey.ID, error) {
	var ids []survey.ID
	err := c.tx.Table("projects").Scopes(inScope(areaOf(owner))).Where("households > 0").Order("position").Pluck("id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("projects: %w", err)
	}
	return ids, nil
}

// ofArea are the projects without doubles, NotFound if one is not the owner's.
func (c *change) ofArea(owner survey.ID, projects []survey.ID) ([]survey.ID, error) {
	var all []survey.ID
	if err := c.tx.Table("projects").Scopes(inScope(areaOf(owner))).Pluck("id", &all).Error; err != nil {
		return nil, fmt.Errorf("projects: %w", err)
	}
	free := make(map[survey.ID]bool, len(all))
	for _, id := range all {
		free[id] = true
	}
	chosen := make([]survey.ID, 0, len(projects))
	asked := map[survey.ID]bool{}
	for _, id := range projects {
		switch {
		case asked[id]:
			continue
		case !free[id]:
			return nil, survey.NotFoundError("error.not_found")
		}
		asked[id] = true
		chosen = append(chosen, id)
	}
	return chosen, nil
}

// enrol adds projects to a draft, each with a tag of its own.
func (c *change) enrol(campaign survey.ID, projects []survey.ID) error {
	tags, err := unused(len(projects), newTag, func(some []uint32) (found []uint32, err error) {
		err = c.tx.Table("enrolments").Where("tag IN ?", some).Pluck("tag", &found).Error
		return found, err
	})
	if err != nil {
		return fmt.Errorf("enrolments: %w", err)
	}
	rows := make([]enrolmentRow, len(projects))
	for i, id := range projects {
		rows[i] = enrolmentRow{Campaign: campaign, Project: id, Tag: tags[i]}
	}
	if err := insert(c.tx, rows); err != nil {
		return err
	}
	if err := c.tx.Exec("UPDATE campaigns SET enrolled = ? WHERE id = ?", len(rows), campaign).Error; err != nil {
		return fmt.Errorf("campaign: %w", err)
	}
	return nil
}

// unused draws n different values of which none is stored yet; stored says
// which of some are.
func unused[T comparable](n int, draw func() T, stored func(some []T) ([]T, error)) ([]T, error) {
	values := make([]T, 0, n)
	drawn := make(map[T]bool, n)
	for len(values) < n {
		var some []T
		for len(some) < min(bulk, n-len(values)) {
			if v := draw(); !drawn[v] {
				drawn[v] = true
				some = append(some, v)
			}
		}
		found, err := stored(some)
		if err != nil {
			return nil, err
		}
		is := make(map[T]bool, len(found))
		for _, v := range found {
			is[v] = true
		}
		for _, v := range some {
			if !is[v] {
				values = append(values, v)
			}
		}
	}
	return values, nil
}
