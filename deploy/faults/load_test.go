package main

import (
	"strings"
	"testing"
)

const loadSize = 200

func every(n int, fault string) func(int) string {
	return func(i int) string {
		if i%n == 0 {
			return fault
		}
		return ""
	}
}

// The load sees what a system does wrong, and calls a good one clean.
func TestLoadOnSystems(t *testing.T) {
	for name, one := range map[string]struct {
		fault         func(int) string
		lost, doubled bool
		doubt         bool // keys remain whose senders gave up
		complaint     string
	}{
		"good":                 {fault: func(int) string { return "" }},
		"busy now and then":    {fault: every(7, "busy")},
		"forgets now and then": {fault: every(50, "forget"), lost: true},
		"stores twice":         {fault: every(50, "twice"), doubled: true},
		"breaks off":           {fault: every(9, "broken"), doubt: true},
		"answers with faults":  {fault: every(50, "wrong"), complaint: "status 500"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t, one.fault)
			l := s.fill(t, s.server.URL, loadSize, nil)
			if one.doubled { // a retry is what is stored twice
				s.fault = func(int) string { return "twice" }
				entries, _ := l.ledger.all()
				if _, err := l.call.send(t.Context(), entries[0].answer, false); err != nil {
					t.Fatal(err)
				}
			}
			b := s.weighed(t, l)
			if b.lost > 0 != one.lost || b.doubled > 0 != one.doubled || b.foreign > 0 != one.doubt {
				t.Errorf("%+v", b)
			}
			if b.attempted != loadSize || (b.acknowledged < loadSize) != one.doubt {
				t.Errorf("%d attempted, %d acknowledged", b.attempted, b.acknowledged)
			}
			if one.complaint == "" != (len(l.complaints) == 0) || one.complaint != "" && l.complaints[one.complaint] == 0 {
				t.Errorf("complaints %v", l.complaints)
			}
			if forms := s.forms.Load(); forms < loadSize/2 {
				t.Errorf("%d of %d came as forms", forms, loadSize)
			}
		})
	}
}

// Behind a proxy that drops acknowledgements every key is stored once and
// gets its receipt, and some learn it by a retry.
func TestProxyDrops(t *testing.T) {
	s := newSystem(t, func(int) string { return "" })
	p, err := newProxy(t.Context(), strings.TrimPrefix(s.server.URL, "http://"), droppedPercent)
	if err != nil {
		t.Fatal(err)
	}
	all := &window{}
	l := s.fill(t, p.base(), loadSize, func(l *load) {
		l.call, l.patient, l.windows = newCaller(p.base(), 8, true), true, []*window{all}
	})
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	b := s.weighed(t, l)
	if !b.clean() || b.acknowledged != loadSize || b.stored != loadSize {
		t.Errorf("%+v", b)
	}
	dropped, late, broken := p.dropped.Load(), l.ledger.late(), all.counts().broken
	if dropped < loadSize/10 || dropped > loadSize || late == 0 || int64(broken) != dropped {
		t.Errorf("%d dropped, %d without an answer, %d told by a retry", dropped, broken, late)
	}
}

// Without retries the same proxy leaves keys in doubt that are stored: they
// must not be called lost, and not be overlooked.
func TestProxyLeavesDoubt(t *testing.T) {
	s := newSystem(t, func(int) string { return "" })
	p, err := newProxy(t.Context(), strings.TrimPrefix(s.server.URL, "http://"), 100)
	if err != nil {
		t.Fatal(err)
	}
	l := s.fill(t, p.base(), 20, func(l *load) {
		l.call = newCaller(p.base(), 8, true)
		l.number.Store(2)
		l.workers, l.most = 1, 1 // number 3 gives up
	})
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	b := s.weighed(t, l)
	if b.lost != 0 || b.acknowledged != 0 || b.stored != 1 || b.foreign != 1 {
		t.Errorf("%+v", b)
	}
}
