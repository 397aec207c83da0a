package model

import (
	"context"
	"sync"
	"time"

	"meihao/survey"
)

// What a whole large campaign adds up to is kept for a moment: a city's
// dashboards are opened by many at a time, and reading 8,000 projects costs
// more than all the rest of a page. Small campaigns are read each time.

const (
	// manyEnrolled is from how many projects on that is done.
	manyEnrolled = 1000
	// countedAge and daysAge are how old the counters and the days of a running
	// campaign may be. An ended one's change with an event only.
	countedAge = 3 * time.Second
	daysAge    = time.Minute
	// countedMost and daysMost bound the memory; the counters of a city's
	// campaign are some 20 MB.
	countedMost = 3
	daysMost    = 64
)

// momentary keeps what was read of some things of a campaign.
type momentary[K comparable, V any] struct {
	age  time.Duration // while the campaign runs
	most int

	mu   sync.Mutex
	kept map[K]*keptValue[V]
}

// keptValue is one of them.
type keptValue[V any] struct {
	reading sync.Mutex // held by who reads, so that not all read at once
	mu      sync.Mutex
	read    bool
	as      readAs
	value   V
}

// readAs says when something was read and what was true then.
type readAs struct {
	at    time.Time
	stage survey.Stage
	ended bool // by the clock too: from then on figures are exact, and single answers would show between two lists
	news  int  // posterCache.forgotten
}

// same says whether what was read under one is true under the other.
func (as readAs) same(other readAs) bool {
	return as.stage == other.stage && as.ended == other.ended && as.news == other.news
}

func newMomentary[K comparable, V any](age time.Duration, most int) *momentary[K, V] {
	return &momentary[K, V]{age: age, most: most, kept: map[K]*keptValue[V]{}}
}

func (m *momentary[K, V]) of(key K) *keptValue[V] {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.kept[key]
	if k == nil {
		if len(m.kept) >= m.most {
			clear(m.kept)
		}
		k = &keptValue[V]{}
		m.kept[key] = k
	}
	return k
}

// fresh is what is kept, where it is still good.
func (k *keptValue[V]) fresh(as readAs, age time.Duration) (V, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	old := as.at.Sub(k.as.at)
	if as.stage != survey.OpenStage {
		age = posterAge
	}
	return k.value, k.read && k.as.same(as) && old >= 0 && old < age
}

// get is what is kept under a key, or what read gives, which is kept then. It
// must not be written to.
func (m *momentary[K, V]) get(key K, as readAs, read func() (V, error)) (V, error) {
	k := m.of(key)
	if value, fresh := k.fresh(as, m.age); fresh {
		return value, nil
	}
	k.reading.Lock()
	defer k.reading.Unlock()
	if value, fresh := k.fresh(as, m.age); fresh { // somebody else has just read it
		return value, nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.read, k.as, k.value = true, as, value
	return value, nil
}

// asNow is what is true before something is read.
func (s *Store) asNow(campaign campaignRow) readAs {
	now := s.now()
	return readAs{now, campaign.Stage, campaign.Stage != survey.OpenStage || millis(now) >= campaign.Closes, s.posters.generation()}
}

// counters is a scope's part of a campaign's list with its counters: of this
// moment, or in a large campaign of at most countedAge ago.
func (s *Store) counters(ctx context.Context, scope survey.Scope, campaign campaignRow, all []survey.Enrolment) ([]survey.Enrolment, error) {
	read := func(scope survey.Scope) ([]survey.Enrolment, error) {
		return s.lookup(ctx).counted(ctx, scope, campaign, all)
	}
	if len(all) < manyEnrolled {
		return read(scope)
	}
	as := s.asNow(campaign)
	if _, fresh := s.counted.of(campaign.ID).fresh(as, countedAge); !fresh && !scope.All {
		return read(scope) // a district does not wait for the city
	}
	list, err := s.counted.get(campaign.ID, as, func() ([]survey.Enrolment, error) { return read(survey.CityScope()) })
	if err != nil {
		return nil, err
	}
	part := make([]survey.Enrolment, 0, len(list)) // the callers' own
	for i := range list {
		if scope.Holds(list[i].Project) {
			part = append(part, list[i])
		}
	}
	return part, nil
}
