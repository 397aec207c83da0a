package main

import (
	"fmt"

	"meihao/survey"
)

// stored is what the system's database holds: each receipt's digest with the
// number of responses that carry it.
type stored map[survey.Digest]int

func (s stored) rows() (n int) {
	for _, times := range s {
		n += times
	}
	return n
}

// balance compares the ledger with what is stored. Counted are keys, but for
// stored and foreign, which are responses.
type balance struct {
	attempted, acknowledged, stored int
	lost                            int // acknowledged, and not there
	doubled                         int // there more than once, or under two receipts
	foreign                         int // there, and never attempted
	examples                        []string
}

// ask is what became of a key that was sent once more.
type ask struct {
	entry entry
	reply reply
	err   error
}

const mostExamples = 5

func (b *balance) example(format string, args ...any) {
	if len(b.examples) < mostExamples {
		b.examples = append(b.examples, fmt.Sprintf(format, args...))
	}
}

// weigh compares the ledger at the end of the load with what was stored then.
// Keys in doubt may be stored or not; foreign is counted afterwards, when
// they have been asked for (see settle).
func weigh(ledger []entry, then stored) balance {
	b := balance{attempted: len(ledger), stored: then.rows()}
	receipts := map[string]int{}
	for _, e := range ledger {
		if e.receipt == "" {
			continue
		}
		b.acknowledged++
		receipts[e.receipt]++
		if then[survey.DigestOf(e.receipt)] == 0 {
			b.lost++
			b.example("lost: %s, acknowledged in round %d, is not stored", e.answer.key, e.round)
		}
		if e.second != "" {
			b.doubled++
			b.example("doubled: %s has two receipts", e.answer.key)
		}
	}
	for _, times := range receipts {
		if times > 1 {
			b.doubled += times - 1
			b.example("doubled: %d keys have one receipt", times)
		}
	}
	return b
}

// again adds what came of sending acknowledged keys once more: each must get
// the receipt that it has. Those that are lost already count once.
func (b *balance) again(asked []ask, then stored) {
	for _, a := range asked {
		same := a.err == nil && a.reply.acknowledged() && a.reply.receipt == a.entry.receipt
		fresh := a.reply.status == statusCreated
		if same && !fresh || then[survey.DigestOf(a.entry.receipt)] == 0 {
			continue
		}
		b.lost++
		b.example("lost: %s, acknowledged in round %d, is answered %d (%v) when it is sent again", a.entry.answer.key, a.entry.round, a.reply.status, a.err)
	}
}

// settled adds what is stored when every key in doubt has been asked for and
// has its receipt: nothing else may be there, and nothing twice.
func (b *balance) settled(ledger []entry, now stored) {
	asked := make(map[survey.Digest]bool, len(ledger))
	for _, e := range ledger {
		if e.receipt == "" {
			b.example("key %s gets no receipt", e.answer.key)
			continue
		}
		asked[survey.DigestOf(e.receipt)] = true
	}
	for digest, times := range now {
		if times > 1 {
			b.doubled += times - 1
			b.example("doubled: one receipt stands on %d responses", times)
		}
		if !asked[digest] {
			b.foreign += times
			b.example("foreign: %d responses have a receipt that nobody was given", times)
		}
	}
}

func (b balance) clean() bool { return b.lost == 0 && b.doubled == 0 && b.foreign == 0 }
