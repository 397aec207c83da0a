package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestLedger(t *testing.T) {
	var file strings.Builder
	l := newLedger(&file)
	a := answer{key: "a", poster: "P", unit: "1", room: "101"}
	l.attempt(a)
	l.attempt(a) // the same key again is the same entry
	l.next()
	l.acknowledge("a", "R1", true)
	l.acknowledge("a", "R1", false)
	l.attempt(answer{key: "b"})
	l.acknowledge("c", "R3", false) // never attempted
	entries, err := l.all()
	if err != nil || len(entries) != 3 || l.late() != 1 {
		t.Fatalf("%d entries, %d late, %v", len(entries), l.late(), err)
	}
	for _, e := range entries {
		want := map[string]string{"a": "R1", "b": "", "c": "R3"}[e.answer.key]
		if e.receipt != want || e.second != "" {
			t.Errorf("%s: receipts %q, %q", e.answer.key, e.receipt, e.second)
		}
		if e.answer.key == "a" && e.round != 1 {
			t.Errorf("acknowledged in round %d", e.round)
		}
	}
	const want = "attempted a P 1-101\nround 1\nacknowledged a R1 round 1, dark false\nacknowledged a R1 round 1, dark false\nattempted b  -\nacknowledged c R3 round 1, dark false\n"
	if file.String() != want {
		t.Errorf("the file says\n%s", &file)
	}
	l.acknowledge("a", "R2", false)
	entries, _ = l.all()
	for _, e := range entries {
		if e.answer.key == "a" && (e.receipt != "R1" || e.second != "R2") {
			t.Errorf("two receipts are %q and %q", e.receipt, e.second)
		}
	}
}

// What comes after the power was cut is no acknowledgement; asked again, the
// key must get the same receipt all the same.
func TestLedgerInTheDark(t *testing.T) {
	for again, second := range map[string]string{"R1": "", "R2": "R2"} {
		l := newLedger(io.Discard)
		l.attempt(answer{key: "a"})
		l.darken()
		l.acknowledge("a", "R1", false)
		entries, _ := l.all()
		if b := weigh(entries, stored{}); b.acknowledged != 0 || b.lost != 0 {
			t.Errorf("in the dark: %+v", b)
		}
		if l.unkept(digests()) != 1 || l.unkept(digests("R1")) != 0 {
			t.Error("nobody sees what the disk did not keep")
		}
		l.next()
		l.acknowledge("a", again, true)
		entries, _ = l.all()
		if e := entries[0]; e.second != second || second == "" && e.receipt != "R1" {
			t.Errorf("asked again: %+v", e)
		}
	}
}

type fullFile struct{}

func (fullFile) Write([]byte) (int, error) { return 0, errors.New("no room") }

// A ledger that cannot be written is no ledger.
func TestLedgerThatCannotBeWritten(t *testing.T) {
	l := newLedger(fullFile{})
	l.attempt(answer{key: "a"})
	if _, err := l.all(); err == nil {
		t.Error("nobody is told")
	}
}
