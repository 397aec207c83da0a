package model

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"meihao/survey"
)

// posterState is what a save transaction read of a poster.
type posterState uint8

const (
	unknownPoster posterState = iota
	livePoster
	retiredPoster
)

// loadPosters reads whether the posters of the group are in use still: what
// the gate knows of them may be older than their retirement.
func (b *batch) loadPosters() error {
	for i := range b.submissions {
		if code := b.submissions[i].Poster; code != "" {
			b.posters[code] = unknownPoster
		}
	}
	err := choose(b, b.store.save.posters, nil, slices.Sorted(maps.Keys(b.posters)), func(rows *sql.Rows) error {
		var code string
		var retired bool
		if err := rows.Scan(&code, &retired); err != nil {
			return err
		}
		b.posters[code] = livePoster
		if retired {
			b.posters[code] = retiredPoster
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save posters: %w", err)
	}
	return nil
}

// takes is nil if a new answer may come in through a poster; one that came
// through none ("") may always.
func (b *batch) takes(poster string) error {
	if poster == "" {
		return nil
	}
	switch b.posters[poster] {
	case livePoster:
		return nil
	case retiredPoster:
		return survey.Fail(survey.RetiredPoster, "error.poster.retired")
	}
	return survey.Fail(survey.UnknownPoster, "error.poster.unknown")
}
