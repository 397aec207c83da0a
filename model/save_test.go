package model_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// enrolment of the world's project as the city sees it.
func enrolment(w *modeltest.World) survey.Enrolment {
	w.T.Helper()
	e, _, err := w.Store.Enrolment(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Project.ID)
	w.Must(err)
	return e
}

// outcome is what became of a submission in one word, and in which bases the
// household counts afterwards.
func outcome(s survey.Saved) string {
	switch {
	case s.Err != nil:
		return string(survey.KindOf(s.Err))
	case s.Retry:
		return "retry"
	}
	return "saved"
}

// One voice per household per base, in both orders (RULES §1). Each row is
// what people of one home send, one after the other.
func TestOneVoicePerHouseholdAndBase(t *testing.T) {
	type step struct {
		bases survey.Bases
		want  string
	}
	const owner, resident, both = survey.OwnerBase, survey.ResidentBase, survey.BothBases
	for _, c := range []struct {
		name              string
		steps             []step
		owners, residents int64
		refused           int64 // claims marked
	}{
		{"owner elsewhere, then tenant", []step{{owner, "saved"}, {resident, "saved"}}, 1, 1, 0},
		{"tenant, then owner elsewhere", []step{{resident, "saved"}, {owner, "saved"}}, 1, 1, 0},
		{"owner at home, then tenant", []step{{both, "saved"}, {resident, "already_answered"}}, 1, 1, 1},
		{"tenant, then owner at home: counts as owner alone", []step{{resident, "saved"}, {both, "saved"}}, 1, 1, 0},
		{"owner elsewhere, then co-owner at home: counts as resident alone", []step{{owner, "saved"}, {both, "saved"}}, 1, 1, 0},
		{"two owners at home", []step{{both, "saved"}, {both, "already_answered"}}, 1, 1, 2},
		{"refused again and again is marked once", []step{{owner, "saved"}, {owner, "already_answered"}, {owner, "already_answered"}}, 1, 0, 1},
		{"three of one home", []step{{resident, "saved"}, {both, "saved"}, {both, "already_answered"}, {resident, "already_answered"}}, 1, 1, 2},
	} {
		for _, together := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/one group %t", c.name, together), func(t *testing.T) {
				modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
					var answers []modeltest.Answer
					for i, s := range c.steps {
						answers = append(answers, w.Answer(7).Bases(s.bases).Key(fmt.Sprintf("key-of-person-%04d", i)))
					}
					var saved []survey.Saved
					if together {
						saved = w.Save(answers...)
					} else {
						for _, a := range answers {
							saved = append(saved, w.Save(a)...)
						}
					}
					for i, s := range c.steps {
						if got := outcome(saved[i]); got != s.want {
							t.Errorf("person %d: %s, want %s", i, got, s.want)
						}
					}
					e := enrolment(w)
					if n := e.Tally.Counted(survey.ByRoom, owner).Responses; n != c.owners {
						t.Errorf("%d in the owner base, want %d", n, c.owners)
					}
					if n := e.Tally.Counted(survey.ByRoom, resident).Responses; n != c.residents {
						t.Errorf("%d in the resident base, want %d", n, c.residents)
					}
					if e.Refused != c.refused {
						t.Errorf("%d claims marked as refused, want %d", e.Refused, c.refused)
					}
					if e.Claims != c.owners+c.residents {
						t.Errorf("%d claims, want %d", e.Claims, c.owners+c.residents)
					}
					w.Clean()
				})
			})
		}
	}
}

// Another home, another building and another project are other voices.
func TestOtherHomesAreOtherVoices(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		second := w.PosterOf(w.Campaign, w.Project.Buildings[1])
		sibling := w.PosterOf(w.Campaign, w.Sibling.Buildings[0])
		for i, s := range w.Save(w.Answer(1), w.Answer(2), w.AnswerAt(second, 1), w.AnswerAt(sibling, 1)) {
			if s.Err != nil {
				t.Errorf("home %d: %v", i, s.Err)
			}
		}
		w.Clean()
	})
}

// The same request again gets the same receipt whatever happened meanwhile,
// until sealing deletes the key (RULES §1, Retry).
func TestRetry(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1).Comment("谢谢")
		first := w.Save(a, a)
		if first[0].Err != nil || first[0].Retry || !first[1].Retry || first[1].Receipt != first[0].Receipt {
			t.Fatalf("twice in one group: %+v", first)
		}
		again := func(when string, otherwise error) {
			t.Helper()
			one := a.Submission()
			one.Otherwise = otherwise
			saved, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{one})
			w.Must(err)
			if !saved[0].Retry || saved[0].Err != nil || saved[0].Receipt != first[0].Receipt {
				t.Errorf("%s: %+v, want a retry with the receipt %s", when, saved[0], first[0].Receipt)
			}
		}
		again("at once", nil)
		again("with a retired poster", survey.Fail(survey.RetiredPoster, "error.poster.retired"))
		w.Clock.Set(w.Campaign.Closes)
		again("when the time is over", nil)
		w.CloseCampaign()
		again("after closing", nil)
		if got := w.Save(w.Answer(2))[0]; survey.KindOf(got.Err) != survey.Closed {
			t.Errorf("a new answer after closing: %+v", got)
		}
		late, stranger := a.Submission(), w.Answer(3).Submission()
		w.SealCampaign()
		saved, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{late, stranger})
		w.Must(err)
		for _, s := range saved {
			if survey.KindOf(s.Err) != survey.Closed || s.Receipt != "" {
				t.Errorf("after sealing: %+v, want closed", s)
			}
		}
		w.Clean()
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM responses"); n != 1 {
			t.Errorf("%d responses are stored, want 1", n)
		}
	})
}

// A retry in the same group as its original is one, whatever the gate says of
// it meanwhile.
func TestRetryInOneGroup(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		first, again := w.Answer(1).Submission(), w.Answer(1).Submission()
		again.Otherwise = survey.Fail(survey.RetiredPoster, "error.poster.retired")
		saved, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{first, again})
		w.Must(err)
		if saved[0].Err != nil || !saved[1].Retry || saved[1].Receipt != saved[0].Receipt {
			t.Errorf("%+v, want the same receipt twice", saved)
		}
		w.Clean()
	})
}

// The save transaction reads the campaign by its own clock: the gate may
// have let in what comes too late or too early.
func TestSaveRereadsTheCampaign(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		submission := w.Answer(1).Submission()
		for _, c := range []struct {
			name string
			at   time.Time
			want string
		}{
			{"a second before it opens", w.Campaign.Opens.Add(-time.Second), "not_open"},
			{"at the end", w.Campaign.Closes, "closed"},
			{"a moment before the end", w.Campaign.Closes.Add(-time.Millisecond), "saved"},
		} {
			w.Clock.Set(c.at)
			saved, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{submission})
			w.Must(err)
			if got := outcome(saved[0]); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
		w.Clean()
	})
}

func TestSaveRefusesWhatTheGateRefused(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		retired, elsewhere, nowhere := w.Answer(1).Submission(), w.Answer(2).Submission(), w.Answer(3).Submission()
		retired.Otherwise = survey.Fail(survey.RetiredPoster, "error.poster.retired")
		elsewhere.Project = w.Foreign.ID
		nowhere.Campaign = 12345
		saved, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{retired, elsewhere, nowhere})
		w.Must(err)
		for i, want := range []survey.Kind{survey.RetiredPoster, survey.NotFound, survey.NotFound} {
			wantKind(t, saved[i].Err, want)
		}
		db := w.SQL()
		for _, table := range []string{"claims", "responses", "turnout_days"} {
			if n := number(t, db, "SELECT COUNT(*) FROM "+table); n != 0 {
				t.Errorf("%d rows in %s, want none", n, table)
			}
		}
		if saved, err := w.Store.SaveResponses(w.Ctx(), nil); err != nil || len(saved) != 0 {
			t.Errorf("an empty group: %v, %v", saved, err)
		}
	})
}

// The same request fifty times at once is one row and one receipt.
func TestSameRequestInParallel(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		same := w.Answer(1).Submission()
		other := w.Answer(1).Key("another-person-of-it").Submission()
		var wait sync.WaitGroup
		results := make([]survey.Saved, 100)
		for i := range results {
			one := same
			if i%2 == 1 {
				one = other
			}
			wait.Go(func() {
				saved, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{one})
				if err != nil {
					t.Error(err)
					return
				}
				results[i] = saved[0]
			})
		}
		wait.Wait()
		fresh := 0
		receipts := map[string]int{}
		for _, s := range results {
			if s.Err == nil && !s.Retry {
				fresh++
			}
			receipts[s.Receipt]++
		}
		if fresh != 1 || len(receipts) != 2 || receipts[""] != 50 {
			t.Errorf("%d were new, receipts %v; want 1 new, one receipt 50 times and 50 refused", fresh, receipts)
		}
		w.Clean()
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM responses"); n != 1 {
			t.Errorf("%d responses are stored, want 1", n)
		}
	})
}

// More answers than a building group has homes, in one base, are held: the
// last one that fits is counted, the next one is held (RULES §1, §7).
func TestHoldAtTheSizeOfTheGroup(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		// 3号楼 (6) and 4号楼 (5) are one group of 11.
		third := w.PosterOf(w.Campaign, w.Project.Buildings[2])
		fourth := w.PosterOf(w.Campaign, w.Project.Buildings[3])
		for i := range 9 {
			w.Saved(w.AnswerAt(third, i).Owner())
		}
		w.Saved(w.AnswerAt(fourth, 0).Tenant())
		w.Saved(w.AnswerAt(fourth, 1).Both())
		if e := enrolment(w); e.Tally.InState(survey.Held) != 0 {
			t.Fatalf("%d are held with 10 owners in a group of 11", e.Tally.InState(survey.Held))
		}
		w.Saved(w.AnswerAt(fourth, 2).Owner()) // the 11th owner
		if e := enrolment(w); e.Tally.InState(survey.Held) != 0 {
			t.Fatal("the answer that fills the group is held")
		}
		held := w.Saved(w.AnswerAt(third, 20).Both()) // the 12th owner, the 3rd resident
		w.Saved(w.AnswerAt(third, 21).Tenant())       // the residents are not too many
		e := enrolment(w)
		if n := e.Tally.InState(survey.Held); n != 1 {
			t.Fatalf("%d are held, want 1", n)
		}
		if got := e.Tally.Counted(survey.ByRoom, survey.ResidentBase).Responses; got != 3 {
			t.Errorf("%d residents are counted, want 3: the held one is outside both bases", got)
		}
		status, err := w.Store.Receipt(w.Ctx(), held)
		w.Must(err)
		if status.State != survey.Held || status.Reason != survey.OverHouseholds {
			t.Errorf("the receipt says %+v", status)
		}
		w.Clean()
	})
}

// Open feedback in a room campaign has claims of its own, is kept and shown
// apart, and is never held, counted or turnout.
func TestOpenFeedbackIsApart(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.Saved(w.Answer(1))
		for i := range 60 {
			w.Saved(w.Answer(i).Open("device-" + strconv.Itoa(i)).Rate(1))
		}
		if got := w.Save(w.Answer(90).Open("device-3").Key("another-key-of-it"))[0]; survey.KindOf(got.Err) != survey.AlreadyAnswered {
			t.Errorf("a device answers twice: %+v", got)
		}
		e := enrolment(w)
		if got := e.Tally.Counted(survey.ByRoom, survey.OwnerBase); got != (survey.Score{Responses: 1, Answered: 1, Satisfied: 1}) {
			t.Errorf("counted %+v", got)
		}
		if e.Claims != 2 || e.Refused != 0 || e.Contested() || e.Tally.InState(survey.Held) != 0 || e.Tally.InLane(survey.OpenLane) != 60 {
			t.Errorf("claims %d, refused %d, held %d, open %d", e.Claims, e.Refused, e.Tally.InState(survey.Held), e.Tally.InLane(survey.OpenLane))
		}
		if e.Owner.Counted.Responses != 0 {
			t.Error("open feedback moved the shown copy")
		}
		db := w.SQL()
		if n := number(t, db, "SELECT COUNT(*) FROM claims WHERE base IN (5, 6)"); n != 120 {
			t.Errorf("%d claims apart, want 120", n)
		}
		if n := number(t, db, "SELECT SUM(responses) FROM turnout_days"); n != 1 {
			t.Errorf("turnout counts %d, want 1", n)
		}
		w.Clean()
	})
}

// The shown copy of a base moves when five responses have come since it was
// made, and not before (RULES §8).
func TestShownCopyMovesInSteps(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		want := []int64{0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10}
		for i, shown := range want {
			w.Saved(w.Answer(i).Owner())
			if got := enrolment(w).Owner.Counted.Responses; got != shown {
				t.Errorf("after %d answers %d are shown, want %d", i+1, got, shown)
			}
		}
		if got := enrolment(w).Resident.Counted.Responses; got != 0 {
			t.Errorf("%d residents are shown, none answered", got)
		}
		// Of a group that goes past the step the first five are shown.
		var group []modeltest.Answer
		for i := range 7 {
			group = append(group, w.Answer(20+i).Tenant())
		}
		w.Save(group...)
		if got := enrolment(w).Resident.Counted.Responses; got != 5 {
			t.Errorf("%d residents are shown after a group of 7", got)
		}
	})
}

// A group is saved as its answers are one by one: the same results, tallies,
// claims, turnout.
func TestGroupEqualsOneByOne(t *testing.T) {
	answersOf := func(w *modeltest.World) []modeltest.Answer {
		small := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
		var list []modeltest.Answer
		for i := range 90 {
			bases := []survey.Bases{survey.OwnerBase, survey.ResidentBase, survey.BothBases}[i%3]
			a := w.Answer(i % 23)
			if i%4 == 0 {
				a = w.AnswerAt(small, i%17)
			}
			if i%11 == 0 {
				a = a.Open("device-" + strconv.Itoa(i%5))
			}
			list = append(list, a.Bases(bases).Key("key-of-"+strconv.Itoa(i)+"-padding").Rate(i%6))
		}
		return append(list, list[:12]...)
	}
	modeltest.EachWorld(t, func(t *testing.T, grouped *modeltest.World) {
		single := grouped.Another()
		var a, b []string
		for _, s := range grouped.Save(answersOf(grouped)...) {
			a = append(a, outcome(s))
		}
		for _, one := range answersOf(single) {
			b = append(b, outcome(single.Save(one)[0]))
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("results (-group +single):\n%s", diff)
		}
		for _, kind := range []string{"saved", "retry", "already_answered"} {
			if !slices.Contains(a, kind) {
				t.Errorf("the group meets no %q", kind)
			}
		}
		x, y := enrolment(grouped), enrolment(single)
		if diff := cmp.Diff(x.Tally, y.Tally); diff != "" {
			t.Errorf("tallies (-group +single):\n%s", diff)
		}
		if x.Refused != y.Refused {
			t.Errorf("refused %d and %d", x.Refused, y.Refused)
		}
		const days = "SELECT COUNT(*) || ' ' || SUM(responses) || ' ' || MAX(day) FROM turnout_days"
		var p, q string
		if err := errors.Join(grouped.SQL().QueryRow(days).Scan(&p), single.SQL().QueryRow(days).Scan(&q)); err != nil || p != q {
			t.Errorf("turnout %q and %q, %v", p, q, err)
		}
		grouped.Clean()
		single.Clean()
	})
}

// A fault in the middle leaves nothing of the whole group.
func TestFaultLeavesNothing(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		broken := w.Answer(2).Submission()
		broken.Answers = "not of this questionnaire"
		group := []survey.Submission{w.Answer(1).Submission(), broken, w.Answer(3).Submission()}
		if _, err := w.Store.SaveResponses(w.Ctx(), group); err == nil {
			t.Fatal("answers that cannot be counted were saved")
		}
		db := w.SQL()
		for _, table := range []string{"claims", "responses", "comments", "turnout_days"} {
			if n := number(t, db, "SELECT COUNT(*) FROM "+table); n != 0 {
				t.Errorf("%d rows in %s after a failed group", n, table)
			}
		}
		w.Saved(w.Answer(1))
		w.Clean()
	})
}

// The day of turnout is the day in Beijing.
func TestTurnoutDay(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		beijing := time.FixedZone("", 8*60*60)
		for i, at := range []time.Time{
			time.Date(2026, 9, 2, 23, 59, 59, 0, beijing), time.Date(2026, 9, 3, 0, 0, 0, 0, beijing), time.Date(2026, 9, 3, 7, 0, 0, 0, beijing),
		} {
			w.Clock.Set(at)
			w.Saved(w.Answer(i))
		}
		db := w.SQL()
		for day, want := range map[int]int64{20260902: 1, 20260903: 2} {
			if n := number(t, db, "SELECT SUM(responses) FROM turnout_days WHERE day = ?", day); n != want {
				t.Errorf("%d answers on %d, want %d", n, day, want)
			}
		}
	})
}

// A cancelled request does not break off the group of others.
func TestSaveOutlivesItsContext(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		group := []survey.Submission{w.Answer(1).Submission()}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if saved, err := w.Store.SaveResponses(ctx, group); err != nil || saved[0].Err != nil {
			t.Errorf("%v, %v", saved, err)
		}
	})
}

func TestComments(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.Saved(w.Answer(1).Comment("一"))
		w.Saved(w.Answer(2))
		w.Saved(w.Answer(3).Comment("三"))
		db := w.SQL()
		if n := number(t, db, "SELECT COUNT(*) FROM comments"); n != 2 {
			t.Errorf("%d comments, want 2", n)
		}
		// Nothing but the key leads from a comment to its response.
		if n := number(t, db, "SELECT COUNT(*) FROM comments c JOIN responses r ON r.id = c.id"); n != 0 {
			t.Errorf("%d comments carry the id of a response", n)
		}
		found := int64(0)
		for _, text := range texts(t, db, "SELECT id FROM responses") {
			id, err := strconv.ParseInt(text, 10, 64)
			w.Must(err)
			found += number(t, db, "SELECT COUNT(*) FROM comments WHERE id = ?", w.Poster.Key.CommentID(id))
		}
		if found != 2 {
			t.Errorf("the key leads to %d of 2 comments", found)
		}
	})
}
