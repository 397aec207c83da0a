package model

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// posterCountRow is what a poster was used for.
type posterCountRow struct {
	Code       string `gorm:"primaryKey"`
	Opens      int64
	Answers    int64
	LastOpened int // day as dayOf writes it, 0 for never
}

// TableName is gorm's question.
func (posterCountRow) TableName() string { return "poster_counts" }

// midnight is when a day as dayOf writes it began in Asia/Shanghai, zero for 0.
func midnight(day int) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, shanghai())
}

// opensAtOnce is how many posters' rows one statement writes.
const opensAtOnce = 128

// AddOpens adds, by code, how often posters' forms were shown, all or none of
// them. Of the time only its day is kept. Several instances may add at once:
// they are differences, written in the order of codes like those of saved
// answers. Codes of no poster are passed over.
func (s *Store) AddOpens(ctx context.Context, opens map[string]int64, at time.Time) error {
	if len(opens) == 0 {
		return nil
	}
	return s.persist(ctx, func() error { return s.addOpens(ctx, opens, dayOf(at)) })
}

func (s *Store) addOpens(ctx context.Context, opens map[string]int64, day int) error {
	tx, err := s.writer().BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("opens: %w", err)
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(opens)), opensAtOnce) {
		known, err := columnOf(ctx, tx, "SELECT code FROM posters WHERE code IN "+row(len(some))+" ORDER BY code", asArgs(some)...)
		if err == nil && len(known) > 0 {
			args := make([]any, 0, 3*len(known))
			for _, code := range known {
				args = append(args, code, opens[code], day)
			}
			_, err = tx.ExecContext(ctx, s.engine.addOpens(len(known)), args...)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("opens: %w", err), tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("opens: %w", err)
	}
	return nil
}

// addOpens is the statement for so many posters.
func (e engine) addOpens(posters int) string {
	return "INSERT INTO poster_counts (code, opens, answers, last_opened) VALUES " +
		strings.TrimSuffix(strings.Repeat("(?, ?, 0, ?), ", posters), ", ") + " " + e.conflict("code") +
		" opens = poster_counts.opens + " + e.inserted("opens") +
		", last_opened = CASE WHEN poster_counts.last_opened > " + e.inserted("last_opened") +
		" THEN poster_counts.last_opened ELSE " + e.inserted("last_opened") + " END"
}

func asArgs[T any](list []T) []any {
	args := make([]any, len(list))
	for i, v := range list {
		args[i] = v
	}
	return args
}
