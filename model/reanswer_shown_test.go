package model_test

import (
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// shown is what district and city see of the owner base.
func shown(w *modeltest.World) survey.Score {
	w.T.Helper()
	return enrolment(w).Owner.Counted
}

// The shown copy moves once five responses changed, and five times the same
// one is one: nobody has the copy made anew before and after a neighbour's
// answer (RULES §8).
func TestReanswersMoveTheShownCopy(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 10 {
			w.Saved(w.Answer(i))
		}
		ten := survey.Score{Responses: 10, Answered: 10, Satisfied: 10}
		if got := shown(w); got != ten {
			t.Fatalf("%+v are shown of ten", got)
		}
		worse := func(i int) survey.Reanswer { return w.Answer(i).Again(w.Answer(i).Rate(1)) }
		for range 4 { // one person, eight times
			w.Reanswered(worse(0), w.Answer(0).Withdrawn())
		}
		w.Reanswered(worse(1), worse(1), worse(2), worse(3))
		if got := shown(w); got != ten {
			t.Errorf("%+v are shown after four persons answered again", got)
		}
		w.Reanswered(w.Answer(4).Again(w.Answer(4)), w.Answer(5).Again(w.Answer(5).Comment("只加一句话")))
		if got := shown(w); got != ten {
			t.Errorf("%+v are shown after two more who answered the same", got)
		}
		w.Reanswered(worse(5))
		if got := shown(w); got != (survey.Score{Responses: 10, Answered: 9, Satisfied: 5}) {
			t.Errorf("%+v are shown after five persons answered again", got)
		}
		w.Clean()
	})
}

// Who was added and answers again is one response that moved; added, changed
// and decided ones are counted together.
func TestAddedAndChangedMoveTheShownCopyTogether(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 12 {
			w.Saved(w.Answer(i))
		}
		ten := survey.Score{Responses: 10, Answered: 10, Satisfied: 10}
		again := func(i int) { w.Reanswered(w.Answer(i).Again(w.Answer(i).Rate(1))) }
		again(10)
		again(11)
		again(0)
		again(1)
		if got := shown(w); got != ten {
			t.Errorf("%+v are shown: two were added, they and two others changed", got)
		}
		again(2)
		if got := shown(w); got != (survey.Score{Responses: 12, Answered: 12, Satisfied: 7}) {
			t.Errorf("%+v are shown after a fifth", got)
		}
		again(3)
		for i := range 4 {
			w.Saved(w.Answer(20 + i))
		}
		if got := shown(w); got != (survey.Score{Responses: 16, Answered: 16, Satisfied: 10}) {
			t.Errorf("%+v are shown after one changed and four were added", got)
		}
		w.Clean()
	})
}

// A tenant's re-answer moves the copy of the resident base alone, and
// feedback that is kept apart moves none.
func TestReanswersMoveTheirOwnBase(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 10 {
			w.Saved(w.Answer(i).Tenant())
			w.Saved(w.Answer(10 + i).Owner())
			w.Saved(w.Answer(20 + i).Open("device-" + string(rune('a'+i))))
		}
		for i := range 5 {
			w.Reanswered(w.Answer(i).Tenant().Again(w.Answer(i).Rate(1)))
		}
		for i := range 5 {
			open := w.Answer(20 + i).Open("device-" + string(rune('a'+i)))
			w.Reanswered(open.Again(open.Rate(1)))
		}
		ten := survey.Score{Responses: 10, Answered: 10, Satisfied: 10}
		if got := shown(w); got != ten {
			t.Errorf("owners %+v", got)
		}
		if got := enrolment(w).Resident.Counted; got != (survey.Score{Responses: 10, Answered: 10, Satisfied: 5}) {
			t.Errorf("residents %+v", got)
		}
		w.Clean()
	})
}
