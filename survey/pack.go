package survey

import (
	"fmt"
	"math/bits"
	"strings"
)

// Answers are stored packed, in the questionnaire's order: a letter per
// single answer (A for the first option, '-' for none), and for a multiple
// choice a symbol per six options, each bit one option. At 17 questions that
// is 18 readable bytes where JSON takes 300.

const (
	noAnswer    = '-'
	letters     = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	bitSymbols  = "0ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz123456789+/"
	bitsASymbol = 6
	maxOptions  = 30
)

func (one *Question) width() int {
	if one.Type == Multi {
		return (len(one.Options) + bitsASymbol - 1) / bitsASymbol
	}
	return 1
}

// Pack writes a reading's closed answers.
func (q *Questionnaire) Pack(r Reading) string {
	packed := make([]byte, 0, 2*len(q.closed))
	for _, i := range q.closed {
		one, set := &q.Questions[i], r.of(i)
		switch {
		case one.Type == Multi:
			for range one.width() {
				packed = append(packed, bitSymbols[set&63])
				set >>= bitsASymbol
			}
		case set == 0:
			packed = append(packed, noAnswer)
		default:
			packed = append(packed, letters[firstBit(set)])
		}
	}
	return string(packed)
}

// firstBit is the number of the lowest bit that is set.
func firstBit(set uint32) int { return bits.TrailingZeros32(set) }

// each calls f with the option counter's index and the option of every
// answer in a packed string; an error means the string is not of this
// questionnaire.
func (q *Questionnaire) each(packed string, f func(counter int, one *Question, c *Choice)) error {
	at := 0
	for n, i := range q.closed {
		one := &q.Questions[i]
		if at+one.width() > len(packed) {
			return fmt.Errorf("packed answers end after %d of %d questions", n, len(q.closed))
		}
		set, err := one.unpack(packed[at : at+one.width()])
		if err != nil {
			return err
		}
		at += one.width()
		for ; set != 0; set &= set - 1 {
			k := firstBit(set)
			f(q.offsets[n]+k, one, &one.Options[k])
		}
	}
	if at != len(packed) {
		return fmt.Errorf("packed answers have %d symbols too many", len(packed)-at)
	}
	return nil
}

func (one *Question) unpack(symbols string) (uint32, error) {
	var set uint32
	if one.Type != Multi {
		if symbols[0] == noAnswer {
			return 0, nil
		}
		k := strings.IndexByte(letters, symbols[0])
		if k < 0 || k >= len(one.Options) {
			return 0, fmt.Errorf("question %s has no option %q", one.ID, symbols[0])
		}
		return 1 << k, nil
	}
	for n := range len(symbols) {
		v := strings.IndexByte(bitSymbols, symbols[n])
		if v < 0 {
			return 0, fmt.Errorf("question %s has no options %q", one.ID, symbols[n])
		}
		set |= uint32(v) << (n * bitsASymbol)
	}
	if set >= 1<<len(one.Options) {
		return 0, fmt.Errorf("question %s has options beyond its own", one.ID)
	}
	return set, nil
}

// Unpack reads packed answers back into option codes by question.
func (q *Questionnaire) Unpack(packed string) (map[string][]string, error) {
	chosen := map[string][]string{}
	err := q.each(packed, func(_ int, one *Question, c *Choice) {
		chosen[one.ID] = append(chosen[one.ID], c.Code)
	})
	return chosen, err
}

// Options is the number of option counters a distribution has.
func (q *Questionnaire) Options() int { return q.options }
