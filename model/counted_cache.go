package model

import (
	"context"
	"sync"
	"time"

	"meihao/survey"
)

// countedCache keeps the counters of large campaigns for a moment: a city's
// dashboards are opened by many at a time, and unpacking 8,000 projects costs
// more than all the rest of a page. Small campaigns are read each time.
type countedCache struct {
	mu    sync.Mutex
	lists map[survey.ID]*countedList
}

// countedList is complete: what a scope does not hold is left out later.
type countedList struct {
	reading  sync.Mutex // held by who reads, so that not all read at once
	mu       sync.Mutex
	at       time.Time
	stage    survey.Stage
	news     int // posterCache.forgotten when it was read
	projects []survey.Enrolment
}

const (
	// manyEnrolled is from how many projects on counters are kept.
	manyEnrolled = 1000
	// countedAge is how old the counters of a running campaign may be. An
	// ended one's change with an event only.
	countedAge = 3 * time.Second
	// countedMost bounds the memory; a city's campaign is some 20 MB.
	countedMost = 3
)

func newCountedCache() *countedCache { return &countedCache{lists: map[survey.ID]*countedList{}} }

func (c *countedCache) of(campaign survey.ID) *countedList {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.lists[campaign]
	if l == nil {
		if len(c.lists) >= countedMost {
			clear(c.lists)
		}
		l = &countedList{}
		c.lists[campaign] = l
	}
	return l
}

// fresh is the list, where it is young enough.
func (l *countedList) fresh(stage survey.Stage, news int, now time.Time) ([]survey.Enrolment, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	age := now.Sub(l.at)
	most := countedAge
	if stage != survey.OpenStage {
		most = posterAge
	}
	return l.projects, l.projects != nil && l.stage == stage && l.news == news && age >= 0 && age < most
}

// counters is a scope's part of a campaign's list with its counters: of this
// moment, or in a large campaign of at most countedAge ago.
func (s *Store) counters(ctx context.Context, scope survey.Scope, campaign campaignRow, all []survey.Enrolment) ([]survey.Enrolment, error) {
	if len(all) < manyEnrolled {
		return s.lookup(ctx).counted(ctx, scope, campaign, all)
	}
	now, news := s.now(), s.posters.generation()
	l := s.counted.of(campaign.ID)
	list, fresh := l.fresh(campaign.Stage, news, now)
	switch {
	case !fresh && !scope.All: // a district does not wait for the city
		return s.lookup(ctx).counted(ctx, scope, campaign, all)
	case !fresh:
		l.reading.Lock()
		defer l.reading.Unlock()
		if list, fresh = l.fresh(campaign.Stage, news, now); !fresh { // nobody else has just read it
			var err error
			if list, err = s.lookup(ctx).counted(ctx, survey.CityScope(), campaign, all); err != nil {
				return nil, err
			}
			l.mu.Lock()
			l.at, l.stage, l.news, l.projects = now, campaign.Stage, news, list
			l.mu.Unlock()
		}
	}
	part := make([]survey.Enrolment, 0, len(list)) // the callers' own
	for i := range list {
		if scope.Holds(list[i].Project) {
			part = append(part, list[i])
		}
	}
	return part, nil
}
