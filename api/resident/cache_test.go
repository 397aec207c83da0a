package resident

import (
	"fmt"
	"testing"
	"time"
)

func TestTheCacheKeepsWithinItsBytes(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	one := &ready{packed: make([]byte, 1000), checked: now, until: now.Add(time.Hour)}
	c := newCache(10 * one.weight())
	key := func(i int) pageKey { return pageKey{poster: fmt.Sprint(i), language: "zh"} }
	for i := range 100 {
		c.keep(key(i), one)
		if _, serve := c.find(key(0), now); !serve { // in use all the time
			t.Fatalf("the page in use was dropped after %d", i)
		}
		if c.bytes > c.most || len(c.slots) != c.order.Len() {
			t.Fatalf("%d bytes in %d slots", c.bytes, len(c.slots))
		}
	}
	if len(c.slots) != 10 {
		t.Errorf("%d pages, not 10", len(c.slots))
	}
	c.keep(key(7), &ready{packed: make([]byte, 11*one.weight())})
	if _, found := c.slots[key(7)]; found {
		t.Error("a page larger than the cache was kept")
	}
	c.forget(key(0))
	if _, serve := c.find(key(0), now); serve {
		t.Error("a forgotten page was served")
	}
}

func TestOnlyOneLooksAgain(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	c := newCache(1 << 20)
	key := pageKey{poster: "7KQ4M2XR", language: "zh"}
	c.keep(key, &ready{packed: []byte("x"), checked: now, until: now.Add(time.Hour)})
	later := now.Add(fresh)
	if _, serve := c.find(key, later); serve {
		t.Error("an old page was served as it is")
	}
	if _, serve := c.find(key, later); !serve {
		t.Error("a second one was sent to look as well")
	}
	if _, serve := c.find(key, now.Add(time.Hour)); serve {
		t.Error("the page was served after the end")
	}
}
