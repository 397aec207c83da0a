package main

import (
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A pause in which nothing is saved is measured.
func TestLongestGap(t *testing.T) {
	const silence = 300 * time.Millisecond
	var from, to time.Time
	s := newSystem(t, func(int) string {
		if now := time.Now(); now.After(from) && now.Before(to) {
			return "busy"
		}
		return ""
	})
	l := &load{
		call: newCaller(s.server.URL, 8, false), ledger: newLedger(io.Discard), posters: []string{"POSTER01"},
		number: new(atomic.Int64), workers: 8,
	}
	from = time.Now().Add(200 * time.Millisecond)
	to = from.Add(silence)
	stop := l.start(t.Context())
	longest := l.feel()
	time.Sleep(2 * silence)
	got := longest()
	stop()
	if got < silence*2/3 || got > 2*silence {
		t.Errorf("a pause of %v is measured as %v", silence, got)
	}
}

// Nodes that differ in one row, and a table that one of them lacks, are named.
func TestDifferentNodes(t *testing.T) {
	first := tableSums{"claims": "2 rows, checksum 7", "responses": "2 rows, checksum 9"}
	if found := first.differ("node1", "node2", tableSums{"claims": "2 rows, checksum 7", "responses": "2 rows, checksum 9"}); len(found) > 0 {
		t.Errorf("nodes that are alike differ: %v", found)
	}
	found := first.differ("node1", "node2", tableSums{"claims": "2 rows, checksum 7", "responses": "1 rows, checksum 3"})
	if len(found) != 1 || !strings.Contains(found[0], " in responses,") || !strings.Contains(found[0], "node2") {
		t.Errorf("a missing row: %v", found)
	}
	for _, other := range []tableSums{{}, {"claims": "2 rows, checksum 7"}, {"claims": "", "responses": "", "more": ""}} {
		if len(first.differ("node1", "node2", other)) == 0 {
			t.Errorf("no difference to %v", other)
		}
	}
	if len(tableSums{}.differ("node1", "node2", tableSums{})) == 0 {
		t.Error("two nodes without a table are alike")
	}
}

// Ports are found together, below those of connections.
func TestFreePorts(t *testing.T) {
	first, err := freePorts(t.Context(), portCount)
	if err != nil || first < 20000 || first+portCount > 32768 {
		t.Errorf("the first port is %d, %v", first, err)
	}
}
