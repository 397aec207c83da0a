package model

import (
	"fmt"
	"sync"

	"meihao/survey"
)

// groupHomes keeps how many homes the building groups of enrolments have, which
// every answer is compared with. They are frozen when a campaign opens, and
// whoever puts them right afterwards (CorrectEnrolment) makes another revision
// of the campaign, whose row each save reads: no answer is compared with homes
// that a correction replaced, on whatever instance.
type groupHomes struct {
	mu    sync.RWMutex
	homes map[enrolmentKey]revisedHomes
}

// revisedHomes are the homes of a project's groups at a revision of the
// campaign.
type revisedHomes struct {
	revision int64
	groups   []survey.Homes
}

// groupHomesMost bounds the memory: a city has 8,000 projects.
const groupHomesMost = 65_536

func (g *groupHomes) of(key enrolmentKey, revision int64) ([]survey.Homes, bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	found, known := g.homes[key]
	return found.groups, known && found.revision == revision
}

func (g *groupHomes) keep(key enrolmentKey, homes []survey.Homes, revision int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.homes == nil || len(g.homes) >= groupHomesMost {
		g.homes = map[enrolmentKey]revisedHomes{}
	}
	g.homes[key] = revisedHomes{revision, homes}
}

// revise counts in a campaign's row that posters were retired or frozen homes
// corrected. Each save reads that row under a shared lock, so it waits for the
// saves that are under way, and all later ones know that what they remember of
// the campaign is old.
func (c *change) revise(campaign survey.ID) error {
	if err := c.tx.Exec("UPDATE campaigns SET revisions = revisions + 1 WHERE id = ?", campaign).Error; err != nil {
		return fmt.Errorf("campaign: %w", err)
	}
	return nil
}
