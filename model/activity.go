package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

type activityRow struct {
	ID   survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Year int
	Name string
}

// TableName is gorm's question.
func (activityRow) TableName() string { return "activities" }

// Activities, the newest year first.
func (s *Store) Activities(ctx context.Context) ([]survey.Activity, error) {
	var rows []activityRow
	if err := s.lookup(ctx).db.Order("year DESC, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("activities: %w", err)
	}
	activities := make([]survey.Activity, len(rows))
	for i, r := range rows {
		activities[i] = survey.Activity{ID: r.ID, Year: r.Year, Name: r.Name}
	}
	return activities, nil
}

// firstRows makes, at first start, the activity of the running year and the
// default questionnaire, which a campaign cannot do without.
func (s *Store) firstRows(ctx context.Context, questionnaire []byte) error {
	return s.change(ctx, survey.System(), func(c *change) error {
		var activities, questionnaires int64
		if err := c.tx.Model(&activityRow{}).Count(&activities).Error; err != nil {
			return fmt.Errorf("activities: %w", err)
		}
		if err := c.tx.Model(&questionnaireRow{}).Count(&questionnaires).Error; err != nil {
			return fmt.Errorf("questionnaires: %w", err)
		}
		if activities == 0 {
			year := c.at.In(shanghai()).Year()
			name := fmt.Sprintf("%d年“加强物业管理，共建美好家园”活动", year)
			if err := c.tx.Create(&activityRow{ID: newID(), Year: year, Name: name}).Error; err != nil {
				return fmt.Errorf("activities: %w", err)
			}
		}
		if questionnaires == 0 {
			return c.publish(questionnaire)
		}
		return nil
	})
}
