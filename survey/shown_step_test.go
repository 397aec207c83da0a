package survey_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// The same response is noted once among those that moved, others each, and the
// copy before the marks stays readable.
func TestMarksBehindAShownCopy(t *testing.T) {
	shown := survey.Shown{
		Counted: survey.Score{Responses: 30, Answered: 20, Satisfied: 10}, WithHeld: survey.Score{Responses: 31, Answered: 21, Satisfied: 10},
		OneBase: 4, Answers: []int64{1, 0, 300},
	}
	mac := survey.Key{1}.Mac()
	var marks []byte
	moved := int64(0)
	for _, step := range []struct {
		mark  survey.Mark
		other bool
	}{
		{mac.Mark(7), true}, {mac.Mark(7), false}, {mac.Mark(7).Again(), false}, {mac.Mark(8).Again(), true}, {mac.Mark(8).Again(), false},
		{mac.Mark(9), true}, {mac.Mark(8), false}, {mac.Mark(10).Again(), true},
	} {
		before := bytes.Clone(marks)
		var other bool
		if marks, other = survey.WithMark(marks, moved, step.mark); other != step.other {
			t.Fatalf("%x after %d is another one: %v", step.mark, moved, other)
		}
		if other {
			moved++
		} else if !bytes.Equal(marks, before) {
			t.Errorf("%x was noted twice", step.mark)
		}
		whole, err := survey.UnpackShown(append(shown.Pack(), marks...))
		if diff := cmp.Diff(shown, whole); diff != "" || err != nil {
			t.Fatalf("with %d marks: %v\n%s", moved, err, diff)
		}
	}
	for _, broken := range [][]byte{append(marks, 0), marks[:len(marks)-1], make([]byte, 8*(survey.MostSpent+survey.ShownStep))} {
		if _, err := survey.UnpackShown(append(shown.Pack(), broken...)); err == nil {
			t.Errorf("%d bytes were taken for marks", len(broken))
		}
	}
}

// Who answered again does not count again when the copy was made anew, until
// many others did; who was added or decided does.
func TestWhoAnsweredAgainIsSpent(t *testing.T) {
	mac := survey.Key{1}.Mac()
	var marks []byte
	for i := range int64(3) {
		marks, _ = survey.WithMark(marks, i, mac.Mark(i).Again())
	}
	marks, _ = survey.WithMark(marks, 3, mac.Mark(3))
	marks = survey.SpentMarks(marks)
	for _, c := range []struct {
		mark  survey.Mark
		other bool
	}{{mac.Mark(0).Again(), false}, {mac.Mark(2).Again(), false}, {mac.Mark(2), true}, {mac.Mark(3).Again(), true}, {mac.Mark(4).Again(), true}} {
		if _, other := survey.WithMark(marks, 0, c.mark); other != c.other {
			t.Errorf("%x is another one: %v", c.mark, other)
		}
	}
	for i := range int64(survey.MostSpent) {
		marks, _ = survey.WithMark(survey.SpentMarks(marks), 0, mac.Mark(100+i).Again())
	}
	if marks = survey.SpentMarks(marks); len(marks) != 8*survey.MostSpent {
		t.Errorf("%d bytes are kept", len(marks))
	}
	if _, other := survey.WithMark(marks, 0, mac.Mark(0).Again()); !other {
		t.Error("the first is not forgotten after many others")
	}
}

// Without the campaign's key each response is another one.
func TestWithoutAMarkEachIsAnother(t *testing.T) {
	marks, _ := survey.WithMark(nil, 0, survey.Mark{})
	if _, other := survey.WithMark(marks, 1, survey.Mark{}); !other {
		t.Error("two unknown responses are taken for one")
	}
}

// A mark leads to its response under the campaign's key alone.
func TestMarksDependOnTheKey(t *testing.T) {
	mac := survey.Key{1}.Mac()
	if mac.Mark(7) != (survey.Key{1}).Mac().Mark(7) || mac.Mark(7) == mac.Mark(8) || mac.Mark(7) == (survey.Key{2}).Mac().Mark(7) {
		t.Error("marks of responses and keys run together")
	}
}
