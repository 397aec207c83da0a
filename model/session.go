package model

import (
	"context"
	"fmt"
	"time"
)

type sessionRow struct {
	Token   string `gorm:"primaryKey"`
	Data    []byte
	Expires int64
}

// TableName is gorm's question.
func (sessionRow) TableName() string { return "sessions" }

// Sessions keeps the sessions of staff. Its methods are those that the
// session library asks of a store; tokens arrive hashed.
type Sessions struct{ store *Store }

// Sessions is the session store.
func (s *Store) Sessions() Sessions { return Sessions{s} }

// FindCtx is the data of a session; false when there is none or it expired.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var rows []sessionRow
	err := s.store.lookup(ctx).db.Where("token = ? AND expires > ?", token, millis(s.store.now())).Find(&rows).Error
	if err != nil {
		return nil, false, fmt.Errorf("session: %w", err)
	}
	if len(rows) == 0 {
		return nil, false, nil
	}
	return rows[0].Data, true, nil
}

// CommitCtx stores a session until expiry, and lets go of expired ones.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	db := s.store.write.WithContext(ctx)
	err := s.store.persist(ctx, func() error {
		return db.Save(&sessionRow{Token: token, Data: data, Expires: millis(expiry)}).Error
	})
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	err = s.store.persist(ctx, func() error {
		return db.Where("expires <= ?", millis(s.store.now())).Delete(&sessionRow{}).Error
	})
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return nil
}

// DeleteCtx ends a session; one that is not there is no error.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	err := s.store.persist(ctx, func() error {
		return s.store.write.WithContext(ctx).Where("token = ?", token).Delete(&sessionRow{}).Error
	})
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return nil
}

// Find is FindCtx without a context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
