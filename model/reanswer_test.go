package model_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// besideAnswers is everything residents leave behind that a re-answer must not
// touch, as text.
func besideAnswers(w *modeltest.World) []string {
	w.T.Helper()
	db := w.SQL()
	list := texts(w.T, db, "SELECT CONCAT_WS(' ', hex(claim), base, refused) FROM claims ORDER BY campaign, project, claim, base")
	for _, query := range []string{
		`SELECT CONCAT_WS(' ', id, bases, grp, lane, state, reason, version, hex(receipt), hex(change_key))
			FROM responses ORDER BY campaign, project, id`,
		"SELECT CONCAT_WS(' ', grp, day, responses) FROM turnout_days ORDER BY campaign, project, grp, day",
		"SELECT CONCAT_WS(' ', code, answers, opens) FROM poster_counts ORDER BY code",
		"SELECT CONCAT_WS(' ', number, action) FROM events ORDER BY number",
	} {
		list = append(list, texts(w.T, db, query)...)
	}
	return list
}

// scores of a base of the world's project: counted, and with held ones.
func scores(w *modeltest.World, base survey.Bases) (survey.Score, survey.Score) {
	w.T.Helper()
	e := enrolment(w)
	return e.Tally.Counted(survey.ByRoom, base), e.Tally.WithHeld(survey.ByRoom, base)
}

// answersOf are the answers that are stored with a receipt.
func answersOf(w *modeltest.World, receipt string) map[string][]string {
	w.T.Helper()
	digest := survey.DigestOf(receipt)
	var packed string
	w.Must(w.SQL().QueryRow("SELECT answers FROM responses WHERE receipt = ?", digest[:]).Scan(&packed))
	q, err := w.Store.Questionnaire(w.Ctx(), w.Campaign.Questionnaire)
	w.Must(err)
	chosen, err := q.Unpack(packed)
	w.Must(err)
	return chosen
}

// A re-answer moves the tally by exactly what was changed, in the bases and
// the group of the response, and nothing else that is stored.
func TestReanswerMovesTheTally(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		tenant := w.Answer(3).Tenant().Rate(2).With("Q2", "1").Comment("电梯常坏")
		for i := range 3 {
			w.Saved(w.Answer(i))
		}
		receipt := w.Saved(tenant)
		beside, status := besideAnswers(w), receiptOf(w, receipt)
		w.Reanswered(tenant.Again(w.Answer(3).Owner().Rate(5).With("Q13", "VOTE")))
		if got, held := scores(w, survey.ResidentBase); got != (survey.Score{Responses: 4, Answered: 4, Satisfied: 4}) || held != got {
			t.Errorf("residents %+v, with held %+v", got, held)
		}
		if got, _ := scores(w, survey.OwnerBase); got != (survey.Score{Responses: 3, Answered: 3, Satisfied: 3}) {
			t.Errorf("owners %+v: the tenant said that he is one, which is not asked again", got)
		}
		want := map[string][]string{"S1": {"FAMILY"}, "S2": {"Y"}, "Q1": {"5"}, "Q13": {"VOTE"}}
		if diff := cmp.Diff(want, answersOf(w, receipt)); diff != "" {
			t.Errorf("stored (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(beside, besideAnswers(w)); diff != "" {
			t.Errorf("a re-answer changed more than answers:\n%s", diff)
		}
		if got := receiptOf(w, receipt); got != status {
			t.Errorf("the receipt says %+v, before %+v", got, status)
		}
		w.Clean()
	})
}

func receiptOf(w *modeltest.World, receipt string) survey.ReceiptStatus {
	w.T.Helper()
	status, err := w.Store.Receipt(w.Ctx(), receipt)
	w.Must(err)
	return status
}

// An empty re-answer is a withdrawal: n falls by one, the home has answered
// all the same, and its phone may answer once more.
func TestWithdrawal(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1).Rate(5).With("Q2", "4").Comment("都好")
		w.Saved(w.Answer(0))
		receipt := w.Saved(a)
		beside, status := besideAnswers(w), receiptOf(w, receipt)
		w.Reanswered(a.Withdrawn(), a.Withdrawn())
		for _, base := range []survey.Bases{survey.OwnerBase, survey.ResidentBase} {
			if got, _ := scores(w, base); got != (survey.Score{Responses: 2, Answered: 1, Satisfied: 1}) {
				t.Errorf("base %d: %+v, want n down to 1 and turnout still 2", base, got)
			}
		}
		if n := enrolment(w).Claims; n != 4 {
			t.Errorf("%d claims, want 4", n)
		}
		if diff := cmp.Diff(beside, besideAnswers(w)); diff != "" {
			t.Errorf("a withdrawal changed more than answers:\n%s", diff)
		}
		if got := receiptOf(w, receipt); got != status {
			t.Errorf("the receipt says %+v, before %+v", got, status)
		}
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM comments"); n != 0 {
			t.Errorf("%d comments are left", n)
		}
		if got := w.Save(w.Answer(1).Key("another-person-of-it"))[0]; survey.KindOf(got.Err) != survey.AlreadyAnswered {
			t.Errorf("the home answers as a new one: %+v", got)
		}
		w.Clean()
		w.Reanswered(a.Again(w.Answer(1).Rate(1)))
		if got, _ := scores(w, survey.OwnerBase); got != (survey.Score{Responses: 2, Answered: 2, Satisfied: 1}) {
			t.Errorf("after answering again: %+v", got)
		}
		w.Clean()
	})
}

// The comment is replaced, removed and added where only the key leads to it.
func TestReanswerAndTheComment(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		first, second := w.Answer(1).Comment("第一"), w.Answer(2)
		w.Saved(first)
		w.Saved(second)
		w.Saved(w.Answer(3).Comment("别人的"))
		db := w.SQL()
		for i, step := range []struct {
			again survey.Reanswer
			want  []string
		}{
			{first.Again(w.Answer(1).Comment("改了")), []string{"别人的", "改了"}},
			{second.Again(w.Answer(2).Comment("补上")), []string{"别人的", "改了", "补上"}},
			{first.Again(w.Answer(1).Rate(3)), []string{"别人的", "补上"}},
			{second.Again(w.Answer(2).Comment("补上")), []string{"别人的", "补上"}},
			{second.Withdrawn(), []string{"别人的"}},
		} {
			w.Reanswered(step.again)
			got := texts(t, db, "SELECT text FROM comments")
			slices.Sort(got)
			slices.Sort(step.want)
			if !slices.Equal(got, step.want) {
				t.Errorf("after step %d: %v, want %v", i, got, step.want)
			}
		}
		w.Clean()
	})
}

// What is held or excluded stays so, and is counted in its state.
func TestReanswerKeepsTheState(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		held := overfull(w, 2) // unhappy owners beyond the homes of 紫藤苑
		p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, ids(held[:1]), false, modeltest.Reason)
		w.Must(err)
		w.Must(w.Store.Decide(w.Ctx(), w.Colleague, p.ID, true))
		beside := besideAnswers(w)
		poster := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
		for i := range 2 {
			a := w.AnswerAt(poster, 50+i).Owner().Rate(1)
			w.Reanswered(a.Again(a.Rate(5)))
		}
		e := neighbour(w)
		if got := e.Tally.Counted(survey.ByRoom, survey.OwnerBase); got != (survey.Score{Responses: 12, Answered: 12, Satisfied: 12}) {
			t.Errorf("counted %+v", got)
		}
		if got := e.Tally.WithHeld(survey.ByRoom, survey.OwnerBase); got != (survey.Score{Responses: 13, Answered: 13, Satisfied: 13}) {
			t.Errorf("with held %+v", got)
		}
		excluded := e.Tally.Sum(func(c survey.Cell) bool { return c.State == survey.Excluded })
		if excluded != (survey.Score{Responses: 1, Answered: 1, Satisfied: 1}) {
			t.Errorf("excluded %+v", excluded)
		}
		if diff := cmp.Diff(beside, besideAnswers(w)); diff != "" {
			t.Errorf("a re-answer changed more than answers:\n%s", diff)
		}
		w.Clean()
	})
}

// Nobody without the change key changes anything, and nobody learns whether a
// receipt is known.
func TestReanswerWantsReceiptAndKey(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1)
		w.Saved(a)
		other := w.Answer(2).Rate(1)
		w.Saved(other)
		elsewhere := w.OpenCampaign(w.Draft(nil))
		there := w.AnswerAt(w.PosterOf(elsewhere, w.Project.Buildings[0]), 1)
		w.Saved(there)
		before := append(besideAnswers(w), texts(t, w.SQL(), "SELECT answers FROM responses ORDER BY id")...)
		good := a.Again(w.Answer(1).Rate(1))
		for name, change := range map[string]func(r *survey.Reanswer){
			"a wrong change key":                func(r *survey.Reanswer) { r.Change[15]++ },
			"an empty change key":               func(r *survey.Reanswer) { r.Change = survey.Digest{} },
			"another's change key":              func(r *survey.Reanswer) { r.Change = other.Submission().Change },
			"the receipt as the change key":     func(r *survey.Reanswer) { r.Change = survey.DigestOf(r.Receipt) },
			"an unknown receipt":                func(r *survey.Reanswer) { r.Receipt = w.Answer(9).Submission().Receipt },
			"no receipt":                        func(r *survey.Reanswer) { r.Receipt = "" },
			"neither":                           func(r *survey.Reanswer) { r.Receipt, r.Change = "", survey.Digest{} },
			"another campaign's receipt":        func(r *survey.Reanswer) { one := there.Submission(); r.Receipt, r.Change = one.Receipt, one.Change },
			"in another campaign":               func(r *survey.Reanswer) { r.Campaign = elsewhere.ID },
			"in no campaign":                    func(r *survey.Reanswer) { r.Campaign = 12345 },
			"in another project":                func(r *survey.Reanswer) { r.Project = w.Sibling.ID },
			"in a project that is not enrolled": func(r *survey.Reanswer) { r.Project = w.Foreign.ID },
		} {
			r := good
			change(&r)
			err := w.Store.Reanswer(w.Ctx(), r)
			if survey.KindOf(err) != survey.NotFound || survey.KeyOf(err) != "error.receipt.unknown" {
				t.Errorf("%s: %v", name, err)
			}
		}
		after := append(besideAnswers(w), texts(t, w.SQL(), "SELECT answers FROM responses ORDER BY id")...)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("a refused re-answer left something:\n%s", diff)
		}
		w.Reanswered(good)
		w.Clean()
	})
}

// Until closing, by the store's own reading of the campaign (RULES §1, §9).
func TestReanswerUntilClosing(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1)
		w.Saved(a)
		bad, good := a.Again(w.Answer(1).Rate(1)), a.Again(w.Answer(1).Rate(4))
		try := func(when string, r survey.Reanswer, want survey.Kind) {
			t.Helper()
			err := w.Store.Reanswer(w.Ctx(), r)
			if want == "" && err != nil || want != "" && survey.KindOf(err) != want {
				t.Errorf("%s: %v, want %q", when, err, want)
			}
		}
		opens, closes := w.Campaign.Opens, w.Campaign.Closes
		w.Clock.Set(opens.Add(-time.Second))
		try("before it opens", bad, survey.NotOpen)
		w.Clock.Set(closes.Add(-time.Millisecond))
		try("a moment before the end", good, "")
		w.Clock.Set(closes)
		try("at the end", bad, survey.Closed)
		w.CloseCampaign()
		try("after closing", bad, survey.Closed)
		reopen(w, closes.Add(48*time.Hour))
		try("reopened", good, "")
		sealed := a.Again(w.Answer(1).Rate(1))
		w.SealCampaign()
		try("sealed", sealed, survey.Closed)
		w.Clean()
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM responses WHERE answers LIKE '__B%'"); n != 1 {
			t.Errorf("what was said last before the seal is not what is stored: %v", texts(t, w.SQL(), "SELECT answers FROM responses"))
		}
	})
}

// reopen lets two persons reopen the world's campaign.
func reopen(w *modeltest.World, closes time.Time) {
	w.T.Helper()
	for _, actor := range []survey.Actor{w.District, w.Colleague} {
		c, _, err := w.Store.ReopenCampaign(w.Ctx(), actor, w.Campaign.ID, closes, modeltest.Reason)
		w.Must(err)
		w.Campaign = c
	}
}

// A draft takes nothing, and says so.
func TestReanswerInADraft(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		r := w.Answer(1).Withdrawn()
		r.Campaign = w.Draft(nil).ID
		wantKind(t, w.Store.Reanswer(w.Ctx(), r), survey.NotOpen)
	})
}

// The original request again after a change gets the same receipt and change
// key, and undoes nothing (RULES §1, Retry).
func TestRetryAfterReanswer(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1).Comment("先前")
		first := w.Save(a)[0]
		if first.Change == "" || survey.DigestOf(first.Change) != a.Submission().Change {
			t.Fatalf("saved with the change key %q", first.Change)
		}
		w.Reanswered(a.Again(w.Answer(1).Rate(2).Comment("后来")))
		again := func(when string) {
			t.Helper()
			got := w.Save(a)[0]
			if !got.Retry || got.Err != nil || got.Receipt != first.Receipt || got.Change != first.Change {
				t.Errorf("%s: %+v, want the first receipt and change key", when, got)
			}
			if diff := cmp.Diff([]string{"2"}, answersOf(w, first.Receipt)["Q1"]); diff != "" {
				t.Errorf("%s: %s", when, diff)
			}
			if got := texts(t, w.SQL(), "SELECT text FROM comments"); !slices.Equal(got, []string{"后来"}) {
				t.Errorf("%s: comments %v", when, got)
			}
			w.Clean()
		}
		again("at once")
		w.CloseCampaign()
		again("after closing")
		if got := w.Save(w.Answer(1).Key("another-person-of-it"))[0]; got.Err == nil || got.Change != "" {
			t.Errorf("a refused one is handed a change key: %+v", got)
		}
	})
}

// A re-answer works for a response that counts in one base alone, and for open
// feedback, which stays apart.
func TestReanswerOfOneBaseAndOfFeedback(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.Saved(w.Answer(1).Tenant())
		owner := w.Answer(1).Both().Key("key-of-the-landlord")
		w.Saved(owner)
		open := w.Answer(2).Open("device").Rate(1)
		w.Saved(open)
		w.Reanswered(owner.Again(w.Answer(1).Rate(1)), open.Again(w.Answer(2).Rate(5)))
		if got, _ := scores(w, survey.OwnerBase); got != (survey.Score{Responses: 1, Answered: 1}) {
			t.Errorf("owners %+v", got)
		}
		if got, _ := scores(w, survey.ResidentBase); got != (survey.Score{Responses: 1, Answered: 1, Satisfied: 1}) {
			t.Errorf("residents %+v: the landlord's second answer is not theirs", got)
		}
		apart := enrolment(w).Tally.Sum(func(c survey.Cell) bool { return c.Lane == survey.OpenLane })
		if apart != (survey.Score{Responses: 1, Answered: 1, Satisfied: 1}) {
			t.Errorf("feedback %+v", apart)
		}
		w.Clean()
	})
}

// A fault on the way leaves answers, comment and tally as they were.
func TestReanswerFaultLeavesEverything(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1).Comment("原来")
		w.Saved(a)
		state := func(db *sql.DB) []string {
			list := append(besideAnswers(w), texts(t, db, "SELECT answers FROM responses")...)
			return append(append(list, texts(t, db, "SELECT text FROM comments")...), texts(t, db, "SELECT hex(tally) FROM tallies ORDER BY project")...)
		}
		db := w.SQL()
		before := state(db)
		for _, broken := range []string{"comments", "tallies"} {
			moment, what := "INSERT", "comments"
			if broken == "tallies" {
				moment, what = "UPDATE", "tallies"
			}
			exec(t, db, "DROP TRIGGER IF EXISTS fault")
			exec(t, db, trigger(w.Engine, moment, what))
			err := w.Store.Reanswer(w.Ctx(), a.Again(w.Answer(1).Rate(1).Comment("新的")))
			if err == nil || survey.KindOf(err) != survey.Internal {
				t.Fatalf("with a fault in %s: %v", broken, err)
			}
			if strings.Contains(err.Error(), "新的") || strings.Contains(err.Error(), "AB") {
				t.Errorf("the fault repeats what was said: %v", err)
			}
			if diff := cmp.Diff(before, state(db)); diff != "" {
				t.Errorf("a fault in %s left something:\n%s", broken, diff)
			}
			exec(t, db, "DROP TRIGGER fault")
		}
		w.Clean()
		w.Reanswered(a.Again(w.Answer(1).Rate(1).Comment("新的")))
		w.Clean()
	})
}

// trigger makes each such change of a table fail.
func trigger(e modeltest.Engine, moment, table string) string {
	if e == modeltest.SQLite {
		return fmt.Sprintf("CREATE TRIGGER fault BEFORE %s ON %s BEGIN SELECT RAISE(ABORT, 'fault'); END", moment, table)
	}
	return fmt.Sprintf("CREATE TRIGGER fault BEFORE %s ON %s FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'fault'", moment, table)
}

// A questionnaire that is not the campaign's own is refused, and a response of
// another one is not overwritten.
func TestReanswerOfAnotherQuestionnaire(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1)
		w.Saved(a)
		r := a.Again(w.Answer(1).Rate(1))
		exec(t, w.SQL(), "UPDATE responses SET version = version + 1")
		if err := w.Store.Reanswer(w.Ctx(), r); err == nil || errors.As(err, new(*survey.Error)) {
			t.Errorf("%v, want a fault", err)
		}
		exec(t, w.SQL(), "UPDATE responses SET version = version - 1")
		w.Clean()
	})
}
