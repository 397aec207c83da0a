package model

import (
	"slices"
	"sync"

	"meihao/survey"
)

// distributionCache keeps what was answered in the projects of campaigns that
// were closed: nothing enters any more, and what moves it (a decided answer, a
// reopening, a corrected N) is an event, with which it is let go of
// (lookForNews, forget). A city's campaign is some 20 MB.
type distributionCache struct {
	mu   sync.Mutex
	kept map[distributionKey]distributionList
}

type distributionKey struct {
	campaign survey.ID
	scope    survey.Scope
}

type distributionList struct {
	forgotten int // posterCache.forgotten when it was read
	list      []survey.Distribution
}

// distributionsMost bounds the memory, in projects.
const distributionsMost = 16_000

func newDistributionCache() *distributionCache {
	return &distributionCache{kept: map[distributionKey]distributionList{}}
}

// list is a copy; the answers in it are shared.
func (c *distributionCache) list(key distributionKey, forgotten int) ([]survey.Distribution, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l, found := c.kept[key]
	if !found || l.forgotten != forgotten {
		return nil, false
	}
	return slices.Clone(l.list), true
}

func (c *distributionCache) keep(key distributionKey, list []survey.Distribution, forgotten int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	size := len(list)
	for _, l := range c.kept {
		size += len(l.list)
	}
	if size > distributionsMost {
		clear(c.kept)
	}
	c.kept[key] = distributionList{forgotten, slices.Clone(list)}
}
