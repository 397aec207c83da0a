package resident

import (
	"container/list"
	"sync"
	"time"

	"meihao/api/page"
)

// DefaultPageBytes is the memory that rendered pages may take: some eleven
// thousand, each a poster in one language and size of type.
const DefaultPageBytes = 64 << 20

// fresh is how long a rendered page is served before its source is looked at
// again: a close must be seen within two seconds, and the store may remember
// a poster for one of them.
const fresh = 700 * time.Millisecond

// ready is one rendered page, compressed: the same bytes for everyone. Only
// checked changes, and only within the cache.
type ready struct {
	packed  []byte    // in the encoding of its key
	tag     []string  // ETag, as a header has it: the same in every encoding
	length  []string  // Content-Length
	made    any       // what it was made of
	checked time.Time // when that was last compared
	until   time.Time // when it must not be served any more; zero for no such time
	weight  int       // in bytes, with what it was made of and the map and list around it
	device  bool      // the page asks for a device token, see offerDevice
}

// newReady is a page with its weight.
func newReady(packed []byte, made any) *ready {
	return &ready{packed: packed, made: made, weight: cap(packed) + weightOf(made) + slotBytes}
}

// cache keeps the pages that were used last within a bound of bytes.
type cache struct {
	mu    sync.Mutex
	most  int
	bytes int
	order *list.List // of slot, the last used first
	slots map[pageKey]*list.Element
}

// pageKind is what a kept page shows.
type pageKind string

const (
	formPage    pageKind = "form"
	resultPage  pageKind = "result"
	privacyPage pageKind = "privacy"
)

// pageKey is what a page differs by. Each encoding is a page of its own: a
// site behind https is asked for one of them by nearly everybody.
type pageKey struct {
	poster, language, size string // poster is "" for pages of no poster
	kind                   pageKind
	encoding               page.Encoding
}

type slot struct {
	key  pageKey
	page *ready
}

func newCache(most int) *cache {
	return &cache{most: most, order: list.New(), slots: map[pageKey]*list.Element{}}
}

// find returns the page and whether it may be served as it is. Of all who
// find an old one together, one is told so and looks; the others are served
// the old one meanwhile.
func (c *cache) find(key pageKey, now time.Time) (p *ready, serve bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.slots[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(at)
	kept := at.Value.(slot).page
	if !kept.until.IsZero() && !now.Before(kept.until) {
		return kept, false
	}
	if age := now.Sub(kept.checked); age >= 0 && age < fresh {
		return kept, true
	}
	kept.checked = now
	return kept, false
}

// keep stores a page and lets go of the longest unused ones beyond the bound.
func (c *cache) keep(key pageKey, p *ready) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(key)
	if p.weight > c.most {
		return
	}
	c.slots[key] = c.order.PushFront(slot{key, p})
	c.bytes += p.weight
	for c.bytes > c.most {
		c.drop(c.order.Back().Value.(slot).key)
	}
}

// forget removes a page: its poster leads elsewhere now.
func (c *cache) forget(key pageKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(key)
}

func (c *cache) drop(key pageKey) {
	at, ok := c.slots[key]
	if !ok {
		return
	}
	c.order.Remove(at)
	c.bytes -= at.Value.(slot).page.weight
	delete(c.slots, key)
}
