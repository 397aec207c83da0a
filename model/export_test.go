package model

import (
	"context"

	"gorm.io/gorm"

	"meihao/survey"
)

// OnRead calls f before each query on the reading pool, for tests that watch
// what is asked and not only what is answered.
func (s *Store) OnRead(f func()) error {
	watch := func(*gorm.DB) { f() }
	if err := s.read.Callback().Query().Before("gorm:query").Register("test:query", watch); err != nil {
		return err
	}
	return s.read.Callback().Row().Before("gorm:row").Register("test:row", watch)
}

// ShowAnew makes all shown copies of a campaign anew, for benchmarks that write
// tallies by hand.
func (s *Store) ShowAnew(ctx context.Context, campaign survey.ID) error {
	return s.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var rows []tallyRow
		if err := tx.Where("campaign = ?", campaign).Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			n, err := countersOf(row)
			if err != nil {
				return err
			}
			n.take(survey.ByRoom, survey.OwnerBase)
			n.take(survey.ByRoom, survey.ResidentBase)
			row = n.pack(s.wrap)
			if err := tx.Select("*").Updates(&row).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// WaitingReanswers is how many re-answers wait for their turn.
func (s *Store) WaitingReanswers() int { return int(s.reanswers.waiting.Load()) }

// ReanswersMost is how many may.
const ReanswersMost = reanswersMost
