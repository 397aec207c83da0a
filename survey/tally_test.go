package survey_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"meihao/survey"
)

func drawResponse(t *rapid.T, q *survey.Questionnaire) survey.Response {
	return survey.Response{
		Bases:   survey.Bases(rapid.IntRange(1, 3).Draw(t, "bases")),
		Group:   rapid.IntRange(1, 4).Draw(t, "group"),
		Lane:    rapid.SampledFrom(survey.Lanes()).Draw(t, "lane"),
		State:   rapid.SampledFrom([]survey.State{survey.Counted, survey.Held, survey.Excluded}).Draw(t, "state"),
		Answers: q.Pack(drawReading(t, q)),
	}
}

// A tally is a sum: any order gives the same bytes, and what was added and
// taken out again leaves nothing behind.
func TestTalliesCommute(t *testing.T) {
	q := defaultQuestionnaire(t)
	rapid.Check(t, func(t *rapid.T) {
		list := make([]survey.Response, rapid.IntRange(0, 12).Draw(t, "n"))
		for i := range list {
			list[i] = drawResponse(t, q)
		}
		extra := drawResponse(t, q)
		var forward, backward survey.Tally
		add := func(tally *survey.Tally, r survey.Response, sign int64) {
			if err := tally.Add(q, r, sign); err != nil {
				t.Fatal(err)
			}
		}
		for i := range list {
			add(&forward, list[i], 1)
			add(&backward, list[len(list)-1-i], 1)
		}
		add(&backward, extra, 1)
		add(&backward, extra, -1)
		if !bytes.Equal(forward.Pack(), backward.Pack()) {
			t.Fatalf("%v\n%v", forward, backward)
		}
		back, err := survey.UnpackTally(forward.Pack())
		if err != nil || !bytes.Equal(back.Pack(), forward.Pack()) {
			t.Fatalf("packed and unpacked it differs: %v", err)
		}
	})
}

func TestCountedFollowsRules(t *testing.T) {
	q := defaultQuestionnaire(t)
	answer := func(code string) string {
		r, err := q.Read(values("S1", "OWNER", "S2", "Y", "Q1", code))
		if err != nil {
			t.Fatal(err)
		}
		return q.Pack(r)
	}
	var tally survey.Tally
	add := func(bases survey.Bases, lane survey.Lane, state survey.State, code string) {
		if err := tally.Add(q, survey.Response{Bases: bases, Group: 1, Lane: lane, State: state, Answers: answer(code)}, 1); err != nil {
			t.Fatal(err)
		}
	}
	add(survey.BothBases, survey.RoomLane, survey.Counted, "5")
	add(survey.BothBases, survey.RoomLane, survey.Counted, "4")
	add(survey.OwnerBase, survey.AssistedLane, survey.Counted, "3") // 一般: in n, not in k
	add(survey.ResidentBase, survey.RoomLane, survey.Counted, "1")
	add(survey.BothBases, survey.RoomLane, survey.Counted, "") // blank: outside n
	add(survey.BothBases, survey.RoomLane, survey.Held, "1")
	add(survey.BothBases, survey.RoomLane, survey.Excluded, "1")
	add(survey.BothBases, survey.OpenLane, survey.Counted, "1") // feedback: apart
	if got, want := tally.Counted(survey.ByRoom, survey.OwnerBase), (survey.Score{Responses: 4, Answered: 3, Satisfied: 2}); got != want {
		t.Errorf("owner base %+v, want %+v", got, want)
	}
	if got, want := tally.Counted(survey.ByRoom, survey.ResidentBase), (survey.Score{Responses: 4, Answered: 3, Satisfied: 2}); got != want {
		t.Errorf("resident base %+v, want %+v", got, want)
	}
	if got, want := tally.WithHeld(survey.ByRoom, survey.OwnerBase), (survey.Score{Responses: 5, Answered: 4, Satisfied: 2}); got != want {
		t.Errorf("with held %+v, want %+v", got, want)
	}
	if got := tally.Responses(survey.ByRoom, survey.ResidentBase); got != 6 {
		t.Errorf("turnout %d, want 6", got)
	}
	if got := tally.InLane(survey.OpenLane); got != 1 {
		t.Errorf("open lane %d, want 1", got)
	}
}

func FuzzUnpackTally(f *testing.F) {
	f.Add([]byte{1, 0, 0})
	f.Add([]byte{1, 255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, packed []byte) {
		tally, err := survey.UnpackTally(packed)
		if err == nil && len(packed) > 0 && len(tally.Pack()) > len(packed)+16 {
			t.Fatalf("%d bytes became %d", len(packed), len(tally.Pack()))
		}
		_, _ = survey.UnpackShown(packed)
	})
}
