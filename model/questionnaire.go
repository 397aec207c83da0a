package model

import (
	"context"
	"fmt"
	"sync"

	"meihao/survey"
)

type questionnaireRow struct {
	ID      survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Number  int
	Version string
	Data    string
}

// TableName is gorm's question.
func (questionnaireRow) TableName() string { return "questionnaires" }

// questionnaireCache keeps those that were read: they never change, and
// there are as many as were ever published.
type questionnaireCache struct {
	mu   sync.RWMutex
	byID map[survey.ID]*survey.Questionnaire
}

func newQuestionnaireCache() *questionnaireCache {
	return &questionnaireCache{byID: map[survey.ID]*survey.Questionnaire{}}
}

// Questionnaire is one published questionnaire; it must not be changed.
func (s *Store) Questionnaire(ctx context.Context, id survey.ID) (*survey.Questionnaire, error) {
	return s.questionnaire(s.lookup(ctx), id)
}

func (s *Store) questionnaire(l lookup, id survey.ID) (*survey.Questionnaire, error) {
	if q := s.questionnaires.known(id); q != nil {
		return q, nil
	}
	var rows []questionnaireRow
	if err := l.db.Where("id = ?", id).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("questionnaire: %w", err)
	}
	if len(rows) == 0 {
		return nil, survey.NotFoundError("error.not_found")
	}
	q, err := survey.ParseQuestionnaire([]byte(rows[0].Data))
	if err != nil {
		return nil, err
	}
	q.ID, q.Number = rows[0].ID, rows[0].Number
	s.questionnaires.keep(q)
	return q, nil
}

func (c *questionnaireCache) known(id survey.ID) *survey.Questionnaire {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.byID[id]
}

func (c *questionnaireCache) keep(q *survey.Questionnaire) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[q.ID] = q
}

// latestQuestionnaire is the one that a new campaign takes.
func (l lookup) latestQuestionnaire() (survey.ID, error) {
	var rows []questionnaireRow
	if err := l.db.Select("id").Order("number DESC").Limit(1).Find(&rows).Error; err != nil {
		return 0, fmt.Errorf("questionnaire: %w", err)
	}
	if len(rows) == 0 {
		return 0, survey.NotFoundError("error.not_found")
	}
	return rows[0].ID, nil
}

// publish adds a questionnaire under the next number.
func (c *change) publish(data []byte) error {
	q, err := survey.ParseQuestionnaire(data)
	if err != nil {
		return err
	}
	var number int
	if err := c.tx.Raw("SELECT COALESCE(MAX(number), 0) + 1 FROM questionnaires").Scan(&number).Error; err != nil {
		return fmt.Errorf("questionnaire: %w", err)
	}
	row := questionnaireRow{ID: newID(), Number: number, Version: q.Version, Data: string(data)}
	if err := c.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("questionnaire: %w", err)
	}
	return nil
}
