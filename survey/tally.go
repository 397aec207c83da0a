package survey

import "slices"

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
