package model_test

import (
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// However much or little there is behind a receipt, the same number of
// questions is asked of the database: the time that it takes tells nothing.
func TestReceiptAsksTheSameWhateverItFinds(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		counted := w.Saved(w.Answer(1))
		withdrawn := w.Saved(w.Answer(2))
		w.Reanswered(w.Answer(2).Withdrawn())
		overfull(w, 1)
		held := w.AnswerAt(w.PosterOf(w.Campaign, w.Neighbour.Buildings[0]), 50).Owner().Submission().Receipt
		other := w.Another()
		asked := 0
		w.Must(w.Store.OnRead(func() { asked++ }))
		for name, receipt := range map[string]string{
			"counted": counted, "withdrawn": withdrawn, "held": held, "feedback": w.Saved(w.Answer(3).Open("device")),
			"unknown in a known enrolment": w.Answer(9).Submission().Receipt,
			"of an unknown enrolment":      other.Answer(1).Submission().Receipt,
			"mistyped":                     counted[:17] + "U", "none": "", "long": counted + counted,
		} {
			asked = 0
			_, err := w.Store.Receipt(w.Ctx(), receipt)
			if err != nil && survey.KindOf(err) != survey.NotFound {
				t.Errorf("%s: %v", name, err)
			}
			if asked != 2 {
				t.Errorf("%s: %d queries, want 2", name, asked)
			}
		}
	})
}
