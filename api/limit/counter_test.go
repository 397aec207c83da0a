package limit

import (
	"encoding/binary"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// clock stands until it is moved.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)} }

var one = netip.MustParseAddr("203.0.113.7")

// What the rate says may come all at once, and not one more; then one comes as
// soon as it was said to, and after the whole time everything again.
func TestRate(t *testing.T) {
	at := newClock()
	c := NewCounter(Rate{Most: 600, Within: 10 * time.Minute}, at.now)
	all := func() (n int) {
		for c.Take(one) == 0 {
			n++
		}
		return n
	}
	if n := all(); n != 600 {
		t.Errorf("%d were taken at once, not 600", n)
	}
	wait := c.Take(one)
	if wait != time.Second {
		t.Errorf("the next is to come after %v, not after a second", wait)
	}
	at.at = at.at.Add(wait - 1)
	if c.Take(one) == 0 {
		t.Error("one was taken before its time")
	}
	at.at = at.at.Add(1)
	if c.Take(one) != 0 {
		t.Error("one was refused when it was told to come")
	}
	at.at = at.at.Add(10 * time.Minute)
	if n := all(); n != 600 {
		t.Errorf("ten minutes later %d were taken, not 600", n)
	}
}

// One subscriber is one address: a network of IPv6, and IPv4 however it is
// written. Two neighbours are two.
func TestWhatOneAddressIs(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"203.0.113.7", "203.0.113.7", true},
		{"203.0.113.7", "203.0.113.8", false},
		{"203.0.113.7", "::ffff:203.0.113.7", true},
		{"::ffff:203.0.113.7", "::ffff:203.0.113.8", false},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"fe80::1%eth0", "fe80::1%eth1", true},
	} {
		counter := NewCounter(Rate{Most: 1, Within: time.Minute}, newClock().now)
		counter.Take(netip.MustParseAddr(c.a))
		if same := counter.Take(netip.MustParseAddr(c.b)) > 0; same != c.same {
			t.Errorf("%s and %s: one address %v, want %v", c.a, c.b, same, c.same)
		}
	}
}

// A flood of addresses takes no memory, and who asked for most of all is not
// forgotten for it.
func TestManyAddresses(t *testing.T) {
	c := NewCounter(Rate{Most: 100, Within: time.Minute}, newClock().now)
	for range 100 {
		c.Take(one)
	}
	const flood = 40 * places * entries
	if n := testing.AllocsPerRun(1, func() {
		for i := range uint32(flood) {
			var a [4]byte
			binary.BigEndian.PutUint32(a[:], i)
			c.Take(netip.AddrFrom4(a))
		}
	}); n > 0 {
		t.Errorf("%d addresses took %v allocations", flood, n)
	}
	if c.Take(one) == 0 {
		t.Error("a flood of others made the counter forget who had asked too often")
	}
}

// Side by side nothing is counted twice or not at all.
func TestTogether(t *testing.T) {
	c := NewCounter(Rate{Most: 1000, Within: time.Hour}, newClock().now)
	var taken atomic.Int64
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 500 {
				if c.Take(one) == 0 {
					taken.Add(1)
				}
			}
		})
	}
	group.Wait()
	if n := taken.Load(); n != 1000 {
		t.Errorf("%d of 4000 were taken, not 1000", n)
	}
}

func BenchmarkTake(b *testing.B) {
	c := NewCounter(Rate{Most: 1 << 40, Within: time.Hour}, time.Now)
	b.ReportAllocs()
	for b.Loop() {
		if c.Take(one) > 0 {
			b.Fatal("refused")
		}
	}
}
