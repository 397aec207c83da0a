package model

import (
	"sync"

	"meihao/survey"
)

// groupHomes keeps how many homes the building groups of enrolments have, which
// every answer is compared with. It is frozen when a campaign opens; where
// staff put it right afterwards (CorrectEnrolment), that leaves an event, and
// all of it is read anew (posterCache.generation).
type groupHomes struct {
	mu         sync.RWMutex
	generation int
	homes      map[enrolmentKey][]survey.Homes
}

// groupHomesMost bounds the memory: a city has 8,000 projects.
const groupHomesMost = 65_536

func (g *groupHomes) of(key enrolmentKey, generation int) ([]survey.Homes, bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	homes, known := g.homes[key]
	return homes, known && g.generation == generation
}

func (g *groupHomes) keep(key enrolmentKey, homes []survey.Homes, generation int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.homes == nil || g.generation != generation || len(g.homes) >= groupHomesMost {
		g.homes, g.generation = map[enrolmentKey][]survey.Homes{}, generation
	}
	g.homes[key] = homes
}

// lastGroups are the highest numbers of building groups that the answers of a
// save transaction are of.
func (b *batch) lastGroups() map[enrolmentKey]int {
	last := make(map[enrolmentKey]int, len(b.projects))
	for i := range b.submissions {
		key := keyOf(&b.submissions[i])
		last[key] = max(last[key], b.submissions[i].Group)
	}
	return last
}
