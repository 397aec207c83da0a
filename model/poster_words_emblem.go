package model

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"gorm.io/gorm/clause"

	"meihao/survey"
)

// emblemRow is the emblem of a campaign's posters. It is a small PNG that
// this program drew itself (see api/poster), never what somebody sent.
type emblemRow struct {
	Campaign survey.ID `gorm:"primaryKey;autoIncrement:false"`
	PNG      []byte    `gorm:"column:png"`
}

// TableName is gorm's question.
func (emblemRow) TableName() string { return "emblems" }

// mostEmblem is the largest emblem in bytes: 512 × 512 pixels of noise, and
// far below what a packet of MySQL takes.
const mostEmblem = 2 << 20

func (l lookup) emblem(campaign survey.ID) ([]byte, error) {
	var rows []emblemRow
	if err := l.db.Where("campaign = ?", campaign).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("emblem: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return rows[0].PNG, nil
}

// Emblem is the emblem of the posters of a campaign in scope as PNG, nil for
// none; NotFound where the campaign is not in scope.
func (s *Store) Emblem(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]byte, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return nil, err
	}
	return l.emblem(campaign)
}

// ChangeEmblem replaces the emblem of a campaign's posters; nil takes it away.
// Its event names both by their hash, since a chain of audit is no album.
func (s *Store) ChangeEmblem(ctx context.Context, actor survey.Actor, campaign survey.ID, png []byte) error {
	if len(png) > mostEmblem {
		return survey.Fail(survey.TooLarge, "error.too_large")
	}
	return s.change(ctx, actor, func(c *change) error {
		v, err := c.managed(campaign)
		if err != nil {
			return err
		}
		if v.Row.Stage == survey.SealedStage {
			return survey.Fail(survey.Conflict, "error.poster_words.sealed")
		}
		before, err := c.lookup().emblem(campaign)
		if err != nil {
			return err
		}
		from, to := emblemHash(before), emblemHash(png)
		if from == to {
			return nil
		}
		if err := c.putEmblem(campaign, png); err != nil {
			return err
		}
		return c.record("campaign.poster_changed", object("campaign", campaign), "", detail{
			"old": detail{"emblem": from}, "new": detail{"emblem": to},
		})
	})
}

func (c *change) putEmblem(campaign survey.ID, png []byte) error {
	if png == nil {
		if err := c.tx.Where("campaign = ?", campaign).Delete(&emblemRow{}).Error; err != nil {
			return fmt.Errorf("emblem: %w", err)
		}
		return nil
	}
	if err := c.tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&emblemRow{Campaign: campaign, PNG: png}).Error; err != nil {
		return fmt.Errorf("emblem: %w", err)
	}
	return nil
}

// emblemHash names a picture in an event, "" for none.
func emblemHash(png []byte) string {
	if png == nil {
		return ""
	}
	sum := sha256.Sum256(png)
	return "sha256:" + hex.EncodeToString(sum[:])
}
