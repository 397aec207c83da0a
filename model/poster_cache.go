package model

import (
	"sync"
	"time"

	"meihao/survey"
)

// posterCache keeps posters that were just read: a lobby's page and the
// answers from it ask for the same one again and again. Other instances may
// change a campaign, so an entry lives for a second only; whatever must be
// right is read again by the save transaction.
type posterCache struct {
	mu      sync.RWMutex
	entries map[string]posterEntry
}

type posterEntry struct {
	poster survey.Poster
	read   time.Time
}

const (
	posterAge  = time.Second
	posterMost = 4096 // some 20 MB at most
)

func newPosterCache() *posterCache { return &posterCache{entries: map[string]posterEntry{}} }

// fresh is a poster that was read less than posterAge ago.
func (c *posterCache) fresh(code string, now time.Time) (survey.Poster, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e, found := c.entries[code]
	age := now.Sub(e.read)
	return e.poster, found && age >= 0 && age < posterAge
}

func (c *posterCache) keep(p survey.Poster, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.entries) >= posterMost {
		clear(c.entries)
	}
	c.entries[p.Code] = posterEntry{p, now}
}

// forget lets go of everything: a campaign or a register was changed here.
func (c *posterCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.entries)
}
