package survey

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

const tallyFormat = 1

// Pack writes the tally as varints in key order: equal tallies are equal bytes.
func (t Tally) Pack() []byte {
	b := make([]byte, 0, t.packedSize())
	b = append(b, tallyFormat)
	b = binary.AppendUvarint(b, uint64(len(t.Cells)))
	for _, c := range sortedKeys(t.Cells, compareCells) {
		s := t.Cells[c]
		b = append(b, byte(c.Bases), c.State.letter(), c.Lane.letter())
		b = binary.AppendUvarint(b, uint64(c.Group))
		b = appendCounts(b, s.Responses, s.Answered, s.Satisfied)
	}
	b = binary.AppendUvarint(b, uint64(len(t.Answers)))
	for _, p := range sortedKeys(t.Answers, compareParts) {
		counters := t.Answers[p]
		b = append(b, byte(p.Bases), p.State.letter(), p.Lane.letter())
		b = binary.AppendUvarint(b, uint64(len(counters)))
		b = appendCounts(b, counters...)
	}
	return b
}

// packedSize is about how many bytes Pack writes: most counters are below 64
// or take two bytes.
func (t Tally) packedSize() int {
	size := 16 + 12*len(t.Cells)
	for _, counters := range t.Answers {
		size += 8 + 2*len(counters)
	}
	return size
}

func appendCounts(b []byte, counts ...int64) []byte {
	for _, n := range counts {
		b = binary.AppendVarint(b, n)
	}
	return b
}

func sortedKeys[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}

func compareParts(a, b Part) int {
	switch {
	case a.Bases != b.Bases:
		return cmp.Compare(a.Bases, b.Bases)
	case a.State != b.State:
		return cmp.Compare(a.State, b.State)
	}
	return cmp.Compare(a.Lane, b.Lane)
}

func compareCells(a, b Cell) int {
	if order := compareParts(Part{a.Bases, a.State, a.Lane}, Part{b.Bases, b.State, b.Lane}); order != 0 {
		return order
	}
	return cmp.Compare(a.Group, b.Group)
}

var errTally = errors.New("a packed tally is broken")

// UnpackTally reads what Pack wrote; empty bytes are an empty tally.
func UnpackTally(packed []byte) (Tally, error) {
	t := Tally{Cells: map[Cell]Score{}, Answers: map[Part][]int64{}}
	if len(packed) == 0 {
		return t, nil
	}
	r, err := readTally(packed)
	if err != nil {
		return Tally{}, err
	}
	n := r.count()
	t.Cells = make(map[Cell]Score, min(n, r.left()))
	for range n {
		cell, score := r.cell()
		t.Cells[cell] = score
	}
	t.Answers = r.answers()
	if r.failed || r.left() != 0 {
		return Tally{}, errTally
	}
	return t, nil
}

// UnpackSums reads what Pack wrote with the building groups added up (all are
// group 0) and without the option counters: all that a standing is made of,
// at a fraction of the cost. It is for reading only; adding a response to it
// panics.
func UnpackSums(packed []byte) (Tally, error) {
	t := Tally{Cells: map[Cell]Score{}}
	if len(packed) == 0 {
		return t, nil
	}
	r, err := readTally(packed)
	if err != nil {
		return Tally{}, err
	}
	var last Cell // the groups of one part follow one another
	var sum Score
	for range r.count() {
		cell, score := r.cell()
		cell.Group = 0
		if cell != last && sum != (Score{}) {
			t.Cells[last] = t.Cells[last].Add(sum)
			sum = Score{}
		}
		last, sum = cell, sum.Add(score)
	}
	if sum != (Score{}) {
		t.Cells[last] = t.Cells[last].Add(sum)
	}
	if r.failed {
		return Tally{}, errTally
	}
	return t, nil
}

func readTally(packed []byte) (tallyReader, error) {
	if packed[0] != tallyFormat {
		return tallyReader{}, fmt.Errorf("%w: format %d", errTally, packed[0])
	}
	return tallyReader{b: packed, at: 1}, nil
}

// tallyReader reads varints until something is wrong, and says so at the end.
type tallyReader struct {
	b      []byte
	at     int // where the next one begins
	failed bool
}

// left is how many bytes were not read.
func (r *tallyReader) left() int { return len(r.b) - r.at }

// fail leaves nothing to be read.
func (r *tallyReader) fail() { r.failed, r.at = true, len(r.b) }

func (r *tallyReader) cell() (Cell, Score) {
	part := r.part()
	group := r.count()
	return Cell{part.Bases, part.State, part.Lane, group},
		Score{Responses: r.number(), Answered: r.number(), Satisfied: r.number()}
}

func (r *tallyReader) answers() map[Part][]int64 {
	n := r.count()
	answers := make(map[Part][]int64, min(n, r.left()))
	all := make([]int64, r.left()) // each counter takes a byte at least
	for range n {
		part := r.part()
		options := r.count()
		if options > r.left() {
			r.fail()
		}
		if r.failed {
			return answers
		}
		counters := all[:options:options]
		all = all[options:]
		r.numbers(counters)
		answers[part] = counters
	}
	return answers
}

func (r *tallyReader) count() int {
	v, n := binary.Uvarint(r.b[r.at:])
	if n <= 0 || v > uint64(1<<20) {
		r.fail()
		return 0
	}
	r.at += n
	return int(v)
}

func (r *tallyReader) number() int64 {
	v, n := binary.Varint(r.b[r.at:])
	if n <= 0 {
		r.fail()
		return 0
	}
	r.at += n
	return v
}

// numbers reads one number for each place of a list, most of which are small.
func (r *tallyReader) numbers(list []int64) {
	for i := range list {
		if r.at < len(r.b) && r.b[r.at] < 0x80 && r.b[r.at]&1 == 0 { // 0 … 63 in one byte
			list[i] = int64(r.b[r.at] >> 1)
			r.at++
			continue
		}
		list[i] = r.number()
	}
}

func (r *tallyReader) part() Part {
	if r.left() < 3 {
		r.fail()
		return Part{}
	}
	p := Part{Bases: Bases(r.b[r.at]), State: stateOf(r.b[r.at+1]), Lane: laneOf(r.b[r.at+2])}
	r.failed = r.failed || p.State == "" || p.Lane == "" || p.Bases == 0 || p.Bases > BothBases
	r.at += 3
	return p
}
