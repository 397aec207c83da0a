package resident

import (
	"container/list"
	"sync"
	"time"

	"meihao/survey"
)

// DefaultFormBytes is the memory that rendered forms may take: some ten
// thousand posters in one language.
const DefaultFormBytes = 64 << 20

// fresh is how long a rendered form is served before the campaign is looked
// at again: a close must be seen within two seconds, and the store may
// remember a poster for one of them.
const fresh = 700 * time.Millisecond

// form is one rendered form, compressed: the same bytes for everyone. Only
// checked changes, and only within the cache.
type form struct {
	zipped  []byte
	tag     []string      // ETag, as a header has it
	length  []string      // Content-Length
	printed survey.Poster // what it was made of
	checked time.Time     // when that was last compared
	until   time.Time     // when the campaign closes by itself
	device  bool          // the form asks for a device token, see offerDevice
}

// weight in bytes, with what it was made of and the maps and lists around it.
func (f *form) weight() int { return len(f.zipped) + 2048 }

// cache keeps the forms that were used last within a bound of bytes.
type cache struct {
	mu    sync.Mutex
	most  int
	bytes int
	order *list.List // of slot, the last used first
	slots map[formKey]*list.Element
}

type formKey struct{ poster, language string }

type slot struct {
	key  formKey
	form *form
}

func newCache(most int) *cache {
	return &cache{most: most, order: list.New(), slots: map[formKey]*list.Element{}}
}

// find returns the form and whether it may be served as it is. Of all who
// find an old one together, one is told so and looks; the others are served
// the old one meanwhile.
func (c *cache) find(key formKey, now time.Time) (f *form, serve bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.slots[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(at)
	kept := at.Value.(slot).form
	if !now.Before(kept.until) {
		return kept, false
	}
	if age := now.Sub(kept.checked); age >= 0 && age < fresh {
		return kept, true
	}
	kept.checked = now
	return kept, false
}

// keep stores a form and lets go of the longest unused ones beyond the bound.
func (c *cache) keep(key formKey, f *form) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(key)
	if f.weight() > c.most {
		return
	}
	c.slots[key] = c.order.PushFront(slot{key, f})
	c.bytes += f.weight()
	for c.bytes > c.most {
		c.drop(c.order.Back().Value.(slot).key)
	}
}

// forget removes a form: its poster leads elsewhere now.
func (c *cache) forget(key formKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(key)
}

func (c *cache) drop(key formKey) {
	at, ok := c.slots[key]
	if !ok {
		return
	}
	c.order.Remove(at)
	c.bytes -= at.Value.(slot).form.weight()
	delete(c.slots, key)
}
