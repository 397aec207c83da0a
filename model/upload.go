package model

import (
	"context"
	"fmt"
	"time"

	"meihao/survey"
)

type uploadRow struct {
	ID      survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Account survey.ID
	Name    string
	Added   int64
	Data    []byte
}

// TableName is gorm's question.
func (uploadRow) TableName() string { return "uploads" }

// uploadAge is how long a register waits for the yes to its preview.
const uploadAge = 24 * time.Hour

// AddUpload keeps a register between its preview and the yes to it, and lets
// go of those that waited for a day. Nothing is changed yet, so no event.
func (s *Store) AddUpload(ctx context.Context, actor survey.Actor, name string, data []byte) (survey.ID, error) {
	row := uploadRow{ID: newID(), Account: actor.Account, Name: name, Data: data}
	err := s.change(ctx, actor, func(c *change) error {
		row.Added = millis(c.at)
		if err := c.tx.Where("added < ?", millis(c.at.Add(-uploadAge))).Delete(&uploadRow{}).Error; err != nil {
			return fmt.Errorf("upload: %w", err)
		}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("upload: %w", err)
		}
		return nil
	})
	return row.ID, err
}

// Upload is a register that the actor's account uploaded; NotFound otherwise.
func (s *Store) Upload(ctx context.Context, actor survey.Actor, id survey.ID) (string, []byte, error) {
	var rows []uploadRow
	if err := s.lookup(ctx).db.Where("id = ? AND account = ?", id, actor.Account).Find(&rows).Error; err != nil {
		return "", nil, fmt.Errorf("upload: %w", err)
	}
	if len(rows) == 0 {
		return "", nil, survey.NotFoundError("error.not_found")
	}
	return rows[0].Name, rows[0].Data, nil
}

// RemoveUpload lets go of a register; one that is not there is no error.
func (s *Store) RemoveUpload(ctx context.Context, actor survey.Actor, id survey.ID) error {
	err := s.write.WithContext(ctx).Where("id = ? AND account = ?", id, actor.Account).Delete(&uploadRow{}).Error
	if err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	return nil
}
