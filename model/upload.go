package model

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
	"meihao/survey/work"
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
	// mostUploads is how many registers of one account are kept.
	mostUploads = 20
	// uploadPart is the size of a part in bytes. MariaDB takes packets of
	// 16 MiB unless it is told otherwise, a register may have 50.
	uploadPart = 4 << 20
)

// AddUpload keeps a register between its preview and the yes to it, and lets
// go of those that waited for a day, and of the account's oldest ones that no
// job needs where it has too many. Nothing is changed yet, so no event.
func (s *Store) AddUpload(ctx context.Context, actor survey.Actor, name string, data []byte) (survey.ID, error) {
	row := uploadRow{ID: newID(), Account: actor.Account, Name: name}
	err := s.change(ctx, actor, func(c *change) error {
		row.Added = millis(c.at)
		if _, err := removeOldUploads(c.tx, c.at); err != nil {
			return err
		}
		if err := makeRoom(c.tx, actor.Account); err != nil {
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
		var ids []survey.ID
		if err := c.tx.Model(&uploadRow{}).Where("id = ? AND account = ?", id, actor.Account).Pluck("id", &ids).Error; err != nil {
			return fmt.Errorf("upload: %w", err)
		}
		return removeUploads(c.tx, ids)
	})
}

// makeRoom lets go of an account's oldest uploads until one more may be kept.
// Those that a job needs stay: its argument names them.
func makeRoom(tx *gorm.DB, account survey.ID) error {
	var ids []survey.ID
	if err := tx.Model(&uploadRow{}).Where("account = ?", account).Order("added, id").Pluck("id", &ids).Error; err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	excess := len(ids) - mostUploads + 1
	if excess <= 0 {
		return nil
	}
	var arguments []string
	err := tx.Model(&jobRow{}).Where("account = ? AND state IN ?", account, []work.State{work.Waiting, work.Running}).Pluck("argument", &arguments).Error
	if err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	needed := strings.Join(arguments, " ")
	ids = slices.DeleteFunc(ids, func(id survey.ID) bool { return strings.Contains(needed, id.String()) })
	if len(ids) < excess {
		return survey.Fail(survey.Conflict, "error.work.uploads", "N", mostUploads).Field("file", "error.work.uploads", "N", mostUploads)
	}
	return removeUploads(tx, ids[:excess])
}

// removeOldUploads lets go of a few that waited for a day, and says whether
// there may be more.
func removeOldUploads(tx *gorm.DB, now time.Time) (bool, error) {
	var ids []survey.ID
	err := tx.Model(&uploadRow{}).Where("added < ?", millis(now.Add(-uploadAge))).Limit(sweptAtOnce).Pluck("id", &ids).Error
	if err != nil {
		return false, fmt.Errorf("upload: %w", err)
	}
	return len(ids) == sweptAtOnce, removeUploads(tx, ids)
}

func removeUploads(tx *gorm.DB, ids []survey.ID) error {
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
