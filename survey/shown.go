package survey

import "encoding/binary"

// FewestShown is the number of counted responses below which a satisfaction
// figure is not shown (RULES §8).
const FewestShown = 10

// ShownStep is the number of responses added, changed or removed after which
// the shown copy of a base's figures is made anew (RULES §8).
const ShownStep = 5

// Shown is the copy of one base's figures that district and city see before
// closing: it moves in steps, so that two looks never differ by one person. A
// copy is also what everybody sees of a campaign that has ended, from the first
// held response that is decided then until sealing.
type Shown struct {
	Counted  Score
	WithHeld Score
	OneBase  int64   // counted responses that are in one base only
	Answers  []int64 // distribution, nil where nothing is counted
	Ended    bool    // kept since the end of the campaign
}

// endedFormat is the first byte of a packed copy that is kept since the end.
const endedFormat = 3

func (s Shown) format() byte {
	if s.Ended {
		return endedFormat
	}
	return tallyFormat
}

// ShowBase makes the figures of one base as they are now.
func (t Tally) ShowBase(a Admission, base Bases) Shown {
	return Shown{
		Counted:  t.Counted(a, base),
		WithHeld: t.WithHeld(a, base),
		OneBase:  t.OneBase(a),
		Answers:  t.Distribution(a, base),
	}
}

// OneBase is the number of counted responses that are in one base only.
func (t Tally) OneBase(a Admission) int64 {
	return t.Sum(func(c Cell) bool {
		return c.State == Counted && c.Bases != BothBases && a.Admits(c.Lane)
	}).Responses
}

// Pack writes the copy as varints.
func (s Shown) Pack() []byte { return s.appendTo(nil) }

func (s Shown) appendTo(b []byte) []byte {
	b = append(b, s.format())
	b = appendCounts(b, s.Counted.Responses, s.Counted.Answered, s.Counted.Satisfied,
		s.WithHeld.Responses, s.WithHeld.Answered, s.WithHeld.Satisfied, s.OneBase)
	b = binary.AppendUvarint(b, uint64(len(s.Answers)))
	return appendCounts(b, s.Answers...)
}

// UnpackShown reads what Pack wrote, without the marks behind it (WithMark);
// empty bytes are an empty copy.
func UnpackShown(packed []byte) (Shown, error) { return unpackShown(packed, true) }

// UnpackShownScores reads the same without the distribution, which no
// standing needs.
func UnpackShownScores(packed []byte) (Shown, error) { return unpackShown(packed, false) }

func unpackShown(packed []byte, answers bool) (Shown, error) {
	if len(packed) == 0 {
		return Shown{}, nil
	}
	r := tallyReader{b: packed, at: 1}
	s := Shown{
		Counted:  Score{Responses: r.number(), Answered: r.number(), Satisfied: r.number()},
		WithHeld: Score{Responses: r.number(), Answered: r.number(), Satisfied: r.number()},
		OneBase:  r.number(),
		Ended:    packed[0] == endedFormat,
	}
	if answers {
		if n := r.count(); n > 0 {
			s.Answers = make([]int64, n)
			r.numbers(s.Answers)
		}
	}
	if packed[0] != s.format() || r.failed || answers && !areMarks(r.left()) {
		return Shown{}, errTally
	}
	return s, nil
}
