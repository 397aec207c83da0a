package model

import (
	"sync"
	"time"

	"meihao/survey"
)

// resultCache keeps what posters show of results: all posters of a project
// show the same. Whatever changes of it is a change of the staff's, so that it
// is let go of with the posters (lookForNews, forget), and as old as a poster it
// is read again: from a node that lags behind the news something older may
// have been read.
type resultCache struct {
	mu        sync.Mutex
	forgotten int // posterCache.forgotten when the first of them was read
	results   map[enrolmentKey]resultEntry
}

type resultEntry struct {
	result survey.PublicResult
	read   time.Time
}

// resultsMost bounds the memory: a city's campaign has 8,000.
const resultsMost = 16_384

func newResultCache() *resultCache {
	return &resultCache{results: map[enrolmentKey]resultEntry{}}
}

func (c *resultCache) result(key enrolmentKey, now time.Time, forgotten int) (survey.PublicResult, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, found := c.results[key]
	if age := now.Sub(e.read); !found || c.forgotten != forgotten || age < 0 || age >= posterAge {
		return survey.PublicResult{}, false
	}
	return e.result, true
}

// keep remembers a result that was read after so many times of forgetting.
func (c *resultCache) keep(key enrolmentKey, r survey.PublicResult, now time.Time, forgotten int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if forgotten < c.forgotten {
		return
	}
	if forgotten > c.forgotten || len(c.results) >= resultsMost {
		clear(c.results)
		c.forgotten = forgotten
	}
	c.results[key] = resultEntry{r, now}
}
