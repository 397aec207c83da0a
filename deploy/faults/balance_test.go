package main

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// keyed is an entry; its receipt is "" where it is in doubt.
func keyed(key, receipt string) entry {
	return entry{answer: answer{key: key, poster: "P"}, receipt: receipt}
}

func digests(receipts ...string) stored {
	s := stored{}
	for _, r := range receipts {
		s[survey.DigestOf(r)]++
	}
	return s
}

// sums are a balance without its words.
func sums(b balance) [6]int {
	return [6]int{b.attempted, b.acknowledged, b.stored, b.lost, b.doubled, b.foreign}
}

func TestBalance(t *testing.T) {
	two := keyed("a", "R1")
	two.second = "R9"
	for name, one := range map[string]struct {
		ledger []entry
		stored stored
		want   [6]int // attempted, acknowledged, stored, lost, doubled, foreign
	}{
		"nothing":                  {nil, digests(), [6]int{}},
		"all there":                {[]entry{keyed("a", "R1"), keyed("b", "R2")}, digests("R1", "R2"), [6]int{2, 2, 2, 0, 0, 0}},
		"in doubt and not there":   {[]entry{keyed("a", "R1"), keyed("b", "")}, digests("R1"), [6]int{2, 1, 1, 0, 0, 0}},
		"one lost":                 {[]entry{keyed("a", "R1"), keyed("b", "R2")}, digests("R2"), [6]int{2, 2, 1, 1, 0, 0}},
		"all lost":                 {[]entry{keyed("a", "R1"), keyed("b", "R2")}, digests(), [6]int{2, 2, 0, 2, 0, 0}},
		"one stored twice":         {[]entry{keyed("a", "R1")}, digests("R1", "R1"), [6]int{1, 1, 2, 0, 1, 0}},
		"one nobody sent":          {[]entry{keyed("a", "R1")}, digests("R1", "R7"), [6]int{1, 1, 2, 0, 0, 1}},
		"one key, two receipts":    {[]entry{two}, digests("R1"), [6]int{1, 1, 1, 0, 1, 0}},
		"two keys, one receipt":    {[]entry{keyed("a", "R1"), keyed("b", "R1")}, digests("R1"), [6]int{2, 2, 1, 0, 1, 0}},
		"one lost, another gained": {[]entry{keyed("a", "R1")}, digests("R2"), [6]int{1, 1, 1, 1, 0, 1}},
	} {
		b := weigh(one.ledger, one.stored)
		b.settled(one.ledger, one.stored)
		if diff := cmp.Diff(one.want, sums(b)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if b.clean() != (one.want[3]+one.want[4]+one.want[5] == 0) {
			t.Errorf("%s: clean is %t", name, b.clean())
		}
	}
}

// A key that is sent again must get its receipt as a retry; what is missing
// already does not count twice.
func TestAskedAgain(t *testing.T) {
	e := keyed("a", "R1")
	for name, one := range map[string]struct {
		reply reply
		err   error
		there stored
		lost  int
	}{
		"the same as JSON":     {reply: reply{status: statusRetry, receipt: "R1"}, there: digests("R1")},
		"the same as a form":   {reply: reply{status: statusForm, receipt: "R1"}, there: digests("R1")},
		"another receipt":      {reply: reply{status: statusRetry, receipt: "R2"}, there: digests("R1"), lost: 1},
		"taken for a new one":  {reply: reply{status: statusCreated, receipt: "R1"}, there: digests("R1"), lost: 1},
		"refused":              {reply: reply{status: 409}, there: digests("R1"), lost: 1},
		"no answer":            {err: errors.New("reset"), there: digests("R1"), lost: 1},
		"lost, counted before": {reply: reply{status: statusCreated, receipt: "R1"}, there: digests(), lost: 0},
	} {
		var b balance
		b.again([]ask{{e, one.reply, one.err}}, one.there)
		if b.lost != one.lost {
			t.Errorf("%s: %d lost, want %d", name, b.lost, one.lost)
		}
	}
}
