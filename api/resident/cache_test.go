package resident

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"meihao/survey"
)

func TestTheCacheKeepsWithinItsBytes(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	one := newReady(make([]byte, 1000), nil)
	one.checked, one.until = now, now.Add(time.Hour)
	c := newCache(10 * one.weight)
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
	c.keep(key(7), newReady(make([]byte, 11*one.weight), nil))
	if _, found := c.slots[key(7)]; found {
		t.Error("a page larger than the cache was kept")
	}
	c.forget(key(0))
	if _, serve := c.find(key(0), now); serve {
		t.Error("a forgotten page was served")
	}
}

// What the bound of the cache counts is what its pages really take, with the
// poster each was made of.
func TestAPageWeighsWhatItTakes(t *testing.T) {
	const pages = 5000
	var before, after runtime.MemStats
	c := newCache(1 << 30)
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range pages {
		p := survey.Poster{Code: fmt.Sprintf("%08d", i)}
		p.Project.Name = fmt.Sprintf("某某小区%d", i)
		p.Project.Buildings = make([]survey.Building, 8)
		for k := range p.Project.Buildings {
			p.Project.Buildings[k].Name = fmt.Sprintf("%d号楼%d", k, i)
		}
		one := newReady(bytes.Clone(make([]byte, 3700)), p)
		one.tag, one.length = []string{fmt.Sprintf(`W/"%024d"`, i)}, []string{fmt.Sprint(i)}
		c.keep(pageKey{poster: p.Code, language: "zh", kind: formPage}, one)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	took := int(after.HeapAlloc - before.HeapAlloc)
	if took > c.bytes || took < c.bytes*3/4 {
		t.Errorf("%d pages take %d bytes and weigh %d", pages, took, c.bytes)
	}
	t.Logf("%d bytes each, counted as %d", took/pages, c.bytes/pages)
	runtime.KeepAlive(c)
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
