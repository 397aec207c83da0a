package limit

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// Rate is how much one address may ask for: Most requests within the time, all
// at once if it likes. Both are more than 0.
type Rate struct {
	Most   int
	Within time.Duration
}

// The table of a counter: a few entries in each of many places, 576 KiB. Where more addresses meet in one place than it has entries,
// the one that asked for least gives way.
const (
	places  = 8192
	entries = 4
)

// Counter counts requests by address. It is the generic cell rate algorithm:
// one moment for each address says it all, the one at which everything that it
// asked for is paid off at the steady rate. Safe for many goroutines.
//
// UX names go-chi/httprate for this. Its own counter costs a request 0.9 µs,
// and 4.6 µs with its headers, under one lock for everybody, and its maps hold
// every address of a window, however many there are. This one costs 0.1 µs (0.2
// µs with the middleware around it, a little more behind a proxy); a kept page
// takes some 7 µs without the network, all in all (benchmarks of api and here).
type Counter struct {
	now    func() time.Time
	start  time.Time
	each   time.Duration // what one request costs
	within time.Duration
	seed   maphash.Seed
	table  [places]place
}

type place struct {
	mu      sync.Mutex
	entries [entries]entry
}

// entry is an address that asked. The zero entry is free.
type entry struct {
	address uint64        // its hash
	paid    time.Duration // when it owes nothing any more, since the start
}

// NewCounter makes a counter in which nobody asked for anything.
func NewCounter(r Rate, now func() time.Time) *Counter {
	return &Counter{
		now: now, start: now(), each: max(1, r.Within/time.Duration(r.Most)), within: r.Within, seed: maphash.MakeSeed(),
	}
}

// Take counts one request of an address. Where it is too much nothing is
// counted and wait says after how long the next one is taken; else it is 0.
func (c *Counter) Take(a netip.Addr) (wait time.Duration) { return c.take(c.hash(a)) }

// TakeToken is Take for a token by its digest, in a counter of tokens.
func (c *Counter) TakeToken(digest [32]byte) (wait time.Duration) {
	return c.take(maphash.Bytes(c.seed, digest[:]))
}

func (c *Counter) take(address uint64) (wait time.Duration) {
	now := c.now().Sub(c.start)
	p := &c.table[address%places]
	p.mu.Lock()
	defer p.mu.Unlock()
	e := p.entry(address)
	paid := max(e.paid, now) + c.each
	if wait = paid - now - c.within; wait > 0 {
		return wait
	}
	e.paid = paid
	return 0
}

// entry is the one of an address: its own, or the one that owes least.
func (p *place) entry(address uint64) *entry {
	least := &p.entries[0]
	for i := range p.entries {
		e := &p.entries[i]
		if e.address == address {
			return e
		}
		if e.paid < least.paid {
			least = e
		}
	}
	*least = entry{address: address}
	return least
}

// hash is what is kept of an address. Of IPv6 it is the network of 64 bits,
// which is what one subscriber has; IPv4 within IPv6 is the same as IPv4.
func (c *Counter) hash(a netip.Addr) uint64 {
	bytes := a.As16()
	if a.Is4() || a.Is4In6() {
		return maphash.Bytes(c.seed, bytes[:])
	}
	return maphash.Bytes(c.seed, bytes[:8])
}
