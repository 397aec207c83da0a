package model

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"sync"

	"meihao/survey"
)

// A save transaction takes nothing new through a poster that was retired, and
// what the gate knows of it may be older than that. While the campaign's
// revision is the same (see revise), a poster that was in use still is, and
// needs not be read again.

// livePoster says of what a poster was found in use, and when.
type livePoster struct {
	enrolmentKey
	revision int64 // of its campaign then
}

// livePosters are those that saves of this instance found in use.
type livePosters struct {
	mu    sync.Mutex
	found map[string]livePoster
}

func (l *livePosters) has(code string, p livePoster) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.found[code] == p
}

func (l *livePosters) keep(code string, p livePoster) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.found == nil || len(l.found) >= posterMost {
		l.found = map[string]livePoster{}
	}
	l.found[code] = p
}

// loadPosters reads those posters of the group that are not known to be in
// use. What is no poster of its submission's enrolment stays unknown.
func (b *batch) loadPosters() error {
	wanted := map[string]livePoster{}
	for i := range b.submissions {
		one := &b.submissions[i]
		campaign := b.campaigns[one.Campaign]
		if one.Poster == "" || campaign == nil {
			continue
		}
		if _, asked := b.posters[one.Poster]; asked {
			continue
		}
		p := livePoster{keyOf(one), campaign.revision}
		if b.store.livePosters.has(one.Poster, p) {
			b.posters[one.Poster] = nil
			continue
		}
		b.posters[one.Poster] = survey.Fail(survey.UnknownPoster, "error.poster.unknown")
		wanted[one.Poster] = p
	}
	err := choose(b, b.store.save.posters, nil, slices.Sorted(maps.Keys(wanted)), func(rows *sql.Rows) error {
		var code string
		var of enrolmentKey
		var retired bool
		if err := rows.Scan(&code, &of.campaign, &of.project, &retired); err != nil {
			return err
		}
		switch {
		case of != wanted[code].enrolmentKey:
		case retired:
			b.posters[code] = survey.Fail(survey.RetiredPoster, "error.poster.retired")
		default:
			b.posters[code] = nil
			b.store.livePosters.keep(code, wanted[code])
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save posters: %w", err)
	}
	return nil
}
