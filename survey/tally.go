package survey

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Tally 计票 holds the maintained counters of one enrolled project. It is a
// sum over responses and nothing else: adding them in any order, or taking
// one out again, gives the same counters, and a recount gives them too.
type Tally struct {
	Cells   map[Cell]Score
	Answers map[Part][]int64 // one counter per option, Questionnaire.Options long
}

// Cell is the finest split that is kept with n and k.
type Cell struct {
	Bases Bases
	State State
	Lane  Lane
	Group int
}

// Part is the split that is kept with every option's count.
type Part struct {
	Bases Bases
	State State
	Lane  Lane
}

// Add counts a response in (sign +1) or out (−1).
func (t *Tally) Add(q *Questionnaire, r Response, sign int64) error {
	if t.Cells == nil {
		t.Cells, t.Answers = map[Cell]Score{}, map[Part][]int64{}
	}
	part := Part{r.Bases, r.State, r.Lane}
	counters := t.Answers[part]
	if counters == nil {
		counters = make([]int64, q.Options())
	}
	one := Score{Responses: sign}
	err := q.each(r.Answers, func(counter int, question *Question, c *Choice) {
		counters[counter] += sign
		if question.Role == OverallRole && c.Counts != "excluded" {
			one.Answered += sign
			if c.Counts == "satisfied" {
				one.Satisfied += sign
			}
		}
	})
	if err != nil {
		return err
	}
	t.Answers[part] = counters
	cell := Cell{r.Bases, r.State, r.Lane, r.Group}
	if sum := t.Cells[cell].Add(one); sum == (Score{}) {
		delete(t.Cells, cell)
	} else {
		t.Cells[cell] = sum
	}
	if allZero(counters) {
		delete(t.Answers, part)
	}
	return nil
}

func allZero(counters []int64) bool {
	return !slices.ContainsFunc(counters, func(n int64) bool { return n != 0 })
}

// Sum adds the cells that a filter keeps.
func (t Tally) Sum(keep func(Cell) bool) Score {
	var sum Score
	for cell, score := range t.Cells {
		if keep(cell) {
			sum = sum.Add(score)
		}
	}
	return sum
}

// Counted is the score of a base: counted responses of admitted lanes.
func (t Tally) Counted(a Admission, base Bases) Score {
	return t.Sum(func(c Cell) bool { return c.State == Counted && c.Bases.Has(base) && a.Admits(c.Lane) })
}

// WithHeld is the score as it would be with the held responses.
func (t Tally) WithHeld(a Admission, base Bases) Score {
	return t.Sum(func(c Cell) bool { return c.State != Excluded && c.Bases.Has(base) && a.Admits(c.Lane) })
}

// Responses is the number of admitted responses of a base in any state: what
// turnout is made of, and what claims must equal (RULES §1, §4).
func (t Tally) Responses(a Admission, base Bases) int64 {
	return t.Sum(func(c Cell) bool { return c.Bases.Has(base) && a.Admits(c.Lane) }).Responses
}

// InState is the number of responses in a state, each once.
func (t Tally) InState(s State) int64 {
	return t.Sum(func(c Cell) bool { return c.State == s }).Responses
}

// InLane is the number of responses of a lane, each once.
func (t Tally) InLane(l Lane) int64 {
	return t.Sum(func(c Cell) bool { return c.Lane == l }).Responses
}

// InGroup is the number of admitted responses of a group and base in any state.
func (t Tally) InGroup(a Admission, group int, base Bases) int64 {
	return t.Sum(func(c Cell) bool { return c.Group == group && c.Bases.Has(base) && a.Admits(c.Lane) }).Responses
}

// Distribution adds the option counters of a base's counted, admitted
// responses; nil where there are none.
func (t Tally) Distribution(a Admission, base Bases) []int64 {
	var sum []int64
	for part, counters := range t.Answers {
		if part.State != Counted || !part.Bases.Has(base) || !a.Admits(part.Lane) {
			continue
		}
		if sum == nil {
			sum = make([]int64, len(counters))
		}
		for i, n := range counters {
			sum[i] += n
		}
	}
	return sum
}

const tallyFormat = 1

// Pack writes the tally as varints in key order: equal tallies are equal bytes.
func (t Tally) Pack() []byte {
	b := []byte{tallyFormat}
	b = binary.AppendUvarint(b, uint64(len(t.Cells)))
	for _, c := range sortedKeys(t.Cells, compareCells) {
		s := t.Cells[c]
		b = append(b, byte(c.Bases), letterOfState(c.State), letterOfLane(c.Lane))
		b = binary.AppendUvarint(b, uint64(c.Group))
		b = appendCounts(b, s.Responses, s.Answered, s.Satisfied)
	}
	b = binary.AppendUvarint(b, uint64(len(t.Answers)))
	for _, p := range sortedKeys(t.Answers, compareParts) {
		b = append(b, byte(p.Bases), letterOfState(p.State), letterOfLane(p.Lane))
		b = binary.AppendUvarint(b, uint64(len(t.Answers[p])))
		b = appendCounts(b, t.Answers[p]...)
	}
	return b
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
	return cmp.Or(cmp.Compare(a.Bases, b.Bases), cmp.Compare(a.State, b.State), cmp.Compare(a.Lane, b.Lane))
}

func compareCells(a, b Cell) int {
	return cmp.Or(compareParts(Part{a.Bases, a.State, a.Lane}, Part{b.Bases, b.State, b.Lane}), cmp.Compare(a.Group, b.Group))
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
	t.Cells = make(map[Cell]Score, min(n, len(r.b)))
	for range n {
		cell, score := r.cell()
		t.Cells[cell] = score
	}
	t.Answers = r.answers()
	if r.failed || len(r.b) != 0 {
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
	return tallyReader{b: packed[1:]}, nil
}

func (r *tallyReader) cell() (Cell, Score) {
	part := r.part()
	group := r.count()
	return Cell{part.Bases, part.State, part.Lane, group},
		Score{Responses: r.number(), Answered: r.number(), Satisfied: r.number()}
}

func (r *tallyReader) answers() map[Part][]int64 {
	n := r.count()
	answers := make(map[Part][]int64, min(n, len(r.b)))
	for range n {
		part := r.part()
		options := r.count()
		r.failed = r.failed || options > len(r.b) // each takes a byte at least
		if r.failed {
			return answers
		}
		answers[part] = make([]int64, options)
		for i := range options {
			answers[part][i] = r.number()
		}
	}
	return answers
}

// tallyReader reads varints until something is wrong, and says so at the end.
type tallyReader struct {
	b      []byte
	failed bool
}

func (r *tallyReader) count() int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > uint64(1<<20) {
		r.failed, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

func (r *tallyReader) number() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.failed, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *tallyReader) part() Part {
	if len(r.b) < 3 {
		r.failed, r.b = true, nil
		return Part{}
	}
	p := Part{Bases: Bases(r.b[0]), State: StateOfLetter(string(r.b[1:2])), Lane: LaneOfLetter(string(r.b[2:3]))}
	r.failed = r.failed || p.State == "" || p.Lane == "" || p.Bases == 0 || p.Bases > BothBases
	r.b = r.b[3:]
	return p
}

func letterOfState(s State) byte { return string(s)[0] }
func letterOfLane(l Lane) byte   { return string(l)[0] }

// StateOfLetter is the state whose word begins so: c, h or e; "" for none.
func StateOfLetter(letter string) State {
	for _, s := range []State{Counted, Held, Excluded} {
		if string(s)[:1] == letter {
			return s
		}
	}
	return ""
}

// LaneOfLetter is the lane whose word begins so: c, r, a or o; "" for none.
func LaneOfLetter(letter string) Lane {
	for _, l := range Lanes() {
		if string(l)[:1] == letter {
			return l
		}
	}
	return ""
}

// Letter is the first letter of the state's word, as it is stored.
func (s State) Letter() string { return string(s)[:1] }

// Letter is the first letter of the lane's word, as it is stored.
func (l Lane) Letter() string { return string(l)[:1] }
