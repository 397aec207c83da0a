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
		year := c.at.In(shanghai()).Year()
		name := fmt.Sprintf("%d年“加强物业管理，共建美好家园”活动", year)
		if err := c.tx.Create(&activityRow{ID: newID(), Year: year, Name: name}).Error; err != nil {
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
