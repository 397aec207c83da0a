package model

import (
	"context"
	"encoding/json"
	"fmt"

	"meihao/survey"
)

type snapshotRow struct {
	Campaign survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Number   int       `gorm:"primaryKey;autoIncrement:false"`
	Meta     string
}

type sealedRow struct {
	Campaign survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Number   int       `gorm:"primaryKey;autoIncrement:false"`
	Project  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Data     string
}

// TableName is gorm's question.
func (snapshotRow) TableName() string { return "snapshots" }

// TableName is gorm's question.
func (sealedRow) TableName() string { return "sealed_projects" }

// Snapshot is the latest one of a campaign in scope, without its projects;
// NotFound while it is not sealed.
func (s *Store) Snapshot(ctx context.Context, scope survey.Scope, campaign survey.ID) (survey.Snapshot, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return survey.Snapshot{}, err
	}
	return l.snapshot(campaign)
}

func (l lookup) snapshot(campaign survey.ID) (survey.Snapshot, error) {
	var rows []snapshotRow
	if err := l.db.Where("campaign = ?", campaign).Order("number DESC").Limit(1).Find(&rows).Error; err != nil {
		return survey.Snapshot{}, fmt.Errorf("snapshot: %w", err)
	}
	if len(rows) == 0 {
		return survey.Snapshot{}, survey.NotFoundError("error.not_found")
	}
	var snapshot survey.Snapshot
	if err := json.Unmarshal([]byte(rows[0].Meta), &snapshot); err != nil {
		return survey.Snapshot{}, fmt.Errorf("snapshot: %w", err)
	}
	return snapshot, nil
}

// Sealed is one project in scope of a campaign's latest snapshot.
func (s *Store) Sealed(ctx context.Context, scope survey.Scope, campaign, project survey.ID) (survey.Snapshot, survey.Sealed, error) {
	l := s.lookup(ctx)
	snapshot, err := l.snapshot(campaign)
	if err != nil {
		return survey.Snapshot{}, survey.Sealed{}, err
	}
	where, args := within(scope, "p")
	var texts []string
	err = l.db.Raw(`SELECT s.data FROM sealed_projects s JOIN projects p ON p.id = s.project
		WHERE s.campaign = ? AND s.number = ? AND s.project = ? AND `+where,
		append([]any{campaign, snapshot.Number, project}, args...)...).Scan(&texts).Error
	if err != nil {
		return survey.Snapshot{}, survey.Sealed{}, fmt.Errorf("snapshot: %w", err)
	}
	if len(texts) == 0 {
		return survey.Snapshot{}, survey.Sealed{}, survey.NotFoundError("error.not_found")
	}
	var sealed survey.Sealed
	if err := json.Unmarshal([]byte(texts[0]), &sealed); err != nil {
		return survey.Snapshot{}, survey.Sealed{}, fmt.Errorf("snapshot: %w", err)
	}
	return snapshot, sealed, nil
}
