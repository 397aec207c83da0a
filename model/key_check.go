package model

import (
	"context"
	"errors"
	"fmt"

	"meihao/survey"
)

type keyCheckRow struct {
	ID      int `gorm:"primaryKey;autoIncrement:false"`
	Wrapped []byte
}

// TableName is gorm's question.
func (keyCheckRow) TableName() string { return "key_checks" }

// keyCheck is what a check unwraps to, and what it is authenticated with.
const keyCheck = "meihao: the master key of this database"

// checkKeys refuses a master key that is not the database's: every poster of
// its campaigns would fail, and of two instances with different keys each
// would open campaigns that the other cannot read. The first start leaves a
// check for all later ones.
func (s *Store) checkKeys(ctx context.Context) error {
	if err := s.checkCampaignKeys(ctx); err != nil {
		return err
	}
	if there, err := s.checkKeyCheck(ctx); err != nil || there {
		return err
	}
	check := keyCheckRow{ID: 1, Wrapped: s.wrap.Seal(nil, nil, []byte(keyCheck), []byte(keyCheck))}
	if err := s.write.WithContext(ctx).Create(&check).Error; err != nil {
		return fmt.Errorf("master key: %w", err)
	}
	return nil
}

// checkCampaignKeys unwraps every campaign's key.
func (s *Store) checkCampaignKeys(ctx context.Context) error {
	var rows []struct {
		ID     survey.ID
		Secret []byte
	}
	if err := s.lookup(ctx).db.Table("campaigns").Where("secret IS NOT NULL").Find(&rows).Error; err != nil {
		return fmt.Errorf("master key: %w", err)
	}
	for _, r := range rows {
		if _, err := s.key(r.ID, r.Secret); err != nil {
			return anotherMasterKey(err)
		}
	}
	return nil
}

// checkKeyCheck unwraps the check, where there is one yet.
func (s *Store) checkKeyCheck(ctx context.Context) (bool, error) {
	var checks []keyCheckRow
	if err := s.lookup(ctx).db.Find(&checks).Error; err != nil {
		return false, fmt.Errorf("master key: %w", err)
	}
	for _, c := range checks {
		if _, err := s.wrap.Open(nil, nil, c.Wrapped, []byte(keyCheck)); err != nil {
			return true, anotherMasterKey(errors.New("its check cannot be unwrapped"))
		}
	}
	return len(checks) > 0, nil
}

func anotherMasterKey(err error) error {
	return fmt.Errorf("the master key is not the one this database was made with: restore that one, or set master_key_file or MEIHAO_MASTER_KEY (%w)", err)
}
