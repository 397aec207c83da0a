package model

import (
	"sync"

	"meihao/survey"
)

// resultCache keeps what posters show of results: all posters of a project
// show the same. Whatever changes of it is a change of the staff's, so that it
// is let go of with the posters (lookForNews, forget).
type resultCache struct {
	mu        sync.Mutex
	forgotten int // posterCache.forgotten when the first of them was read
	results   map[enrolmentKey]survey.PublicResult
}

// resultsMost bounds the memory: a city's campaign has 8,000.
const resultsMost = 16_384

func newResultCache() *resultCache {
	return &resultCache{results: map[enrolmentKey]survey.PublicResult{}}
}

func (c *resultCache) result(key enrolmentKey, forgotten int) (survey.PublicResult, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten != forgotten {
		return survey.PublicResult{}, false
	}
	r, found := c.results[key]
	return r, found
}

// keep remembers a result that was read after so many times of forgetting.
func (c *resultCache) keep(key enrolmentKey, r survey.PublicResult, forgotten int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if forgotten < c.forgotten {
		return
	}
	if forgotten > c.forgotten || len(c.results) >= resultsMost {
		clear(c.results)
		c.forgotten = forgotten
	}
	c.results[key] = r
}
