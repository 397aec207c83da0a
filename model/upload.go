package model

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
)

type uploadRow struct {
	ID      survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Account survey.ID
	Name    string
	Added   int64
}

type uploadPartRow struct {
	Upload survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Part   int       `gorm:"primaryKey;autoIncrement:false"`
	Data   []byte
}

// TableName is gorm's question.
func (uploadRow) TableName() string { return "uploads" }

// TableName is gorm's question.
func (uploadPartRow) TableName() string { return "upload_parts" }

const (
	// uploadAge is how long a register waits for the yes to its preview.
	uploadAge = 24 * time.Hour
	// uploadPart is the size of a part in bytes. MariaDB takes packets of
	// 16 MiB unless it is told otherwise, a register may have 50.
	uploadPart = 4 << 20
)

// AddUpload keeps a register between its preview and the yes to it, and lets
// go of those that waited for a day. Nothing is changed yet, so no event.
func (s *Store) AddUpload(ctx context.Context, actor survey.Actor, name string, data []byte) (survey.ID, error) {
	row := uploadRow{ID: newID(), Account: actor.Account, Name: name}
	err := s.change(ctx, actor, func(c *change) error {
		row.Added = millis(c.at)
		if err := removeUploads(c.tx, "added < ?", millis(c.at.Add(-uploadAge))); err != nil {
			return err
		}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("upload: %w", err)
		}
		part := 0
		for piece := range slices.Chunk(data, uploadPart) {
			if err := c.tx.Create(&uploadPartRow{Upload: row.ID, Part: part, Data: piece}).Error; err != nil {
				return fmt.Errorf("upload: %w", err)
			}
			part++
		}
		return nil
	})
	return row.ID, err
}

// UploadName is the name of a register that the actor's account uploaded;
// NotFound otherwise.
func (s *Store) UploadName(ctx context.Context, actor survey.Actor, id survey.ID) (string, error) {
	var rows []uploadRow
	if err := s.lookup(ctx).db.Where("id = ? AND account = ?", id, actor.Account).Find(&rows).Error; err != nil {
		return "", fmt.Errorf("upload: %w", err)
	}
	if len(rows) == 0 {
		return "", survey.NotFoundError("error.not_found")
	}
	return rows[0].Name, nil
}

// Upload is a register that the actor's account uploaded; NotFound otherwise.
func (s *Store) Upload(ctx context.Context, actor survey.Actor, id survey.ID) (string, []byte, error) {
	name, err := s.UploadName(ctx, actor, id)
	if err != nil {
		return "", nil, err
	}
	var parts []uploadPartRow
	if err := s.lookup(ctx).db.Where("upload = ?", id).Order("part").Find(&parts).Error; err != nil {
		return "", nil, fmt.Errorf("upload: %w", err)
	}
	var data []byte
	for _, p := range parts {
		data = append(data, p.Data...)
	}
	return name, data, nil
}

// RemoveUpload lets go of a register; one that is not there is no error.
func (s *Store) RemoveUpload(ctx context.Context, actor survey.Actor, id survey.ID) error {
	return s.change(ctx, actor, func(c *change) error {
		return removeUploads(c.tx, "id = ? AND account = ?", id, actor.Account)
	})
}

func removeUploads(tx *gorm.DB, where string, args ...any) error {
	var ids []survey.ID
	if err := tx.Model(&uploadRow{}).Where(where, args...).Pluck("id", &ids).Error; err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	if len(ids) == 0 {
		return nil
	}
	if err := tx.Where("upload IN ?", ids).Delete(&uploadPartRow{}).Error; err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	if err := tx.Where("id IN ?", ids).Delete(&uploadRow{}).Error; err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	return nil
}
