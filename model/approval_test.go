package model_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// Reopening takes two persons; the second confirms what the first asked for.
func TestReopenTakesTwoPersons(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		later := w.Clock.Now().Add(30 * 24 * time.Hour)
		reopen := func(a survey.Actor, closes time.Time) (survey.Campaign, bool, error) {
			return w.Store.ReopenCampaign(w.Ctx(), a, w.Campaign.ID, closes, modeltest.Reason)
		}
		_, _, err := reopen(w.District, later)
		wantKind(t, err, survey.Conflict) // it is open
		w.CloseCampaign()
		_, _, err = w.Store.ReopenCampaign(w.Ctx(), w.District, w.Campaign.ID, later, "  ")
		wantKind(t, err, survey.Invalid)
		_, _, err = reopen(w.District, w.Clock.Now())
		wantKind(t, err, survey.Invalid) // an end that is past
		c, pending, err := reopen(w.District, later)
		w.Must(err)
		if !pending || c.Stage != survey.ClosedStage {
			t.Errorf("after the first person: pending %t, %s", pending, c.Stage)
		}
		approvals, err := w.Store.Approvals(w.Ctx(), w.District.Scope, w.Campaign.ID)
		w.Must(err)
		want := []survey.Approval{{
			Kind: survey.ApproveReopen, Campaign: w.Campaign.ID, Reason: modeltest.Reason, Closes: later.UTC(),
			By: w.District.Account, ByName: "district 测试员", At: w.Clock.Now().UTC(),
		}}
		if diff := cmp.Diff(want, approvals); diff != "" {
			t.Errorf("approvals (-want +got):\n%s", diff)
		}
		_, _, err = reopen(w.District, time.Time{})
		wantKind(t, err, survey.Conflict) // the same person
		byToken := w.District
		byToken.Token = true
		_, _, err = reopen(byToken, time.Time{})
		wantKind(t, err, survey.Conflict) // the same person's token
		_, _, err = reopen(w.Colleague, later.Add(time.Hour))
		wantKind(t, err, survey.Conflict) // another end is no confirmation
		if got := w.Save(w.Answer(1))[0]; survey.KindOf(got.Err) != survey.Closed {
			t.Errorf("answers are taken while one person wants it: %+v", got)
		}
		c, pending, err = reopen(w.Colleague, time.Time{})
		w.Must(err)
		if pending || c.Stage != survey.OpenStage || !c.Closes.Equal(later) {
			t.Errorf("after the second person: %+v", c)
		}
		w.Saved(w.Answer(1))
		approvals, err = w.Store.Approvals(w.Ctx(), w.District.Scope, w.Campaign.ID)
		w.Must(err)
		if len(approvals) != 0 {
			t.Errorf("approvals are left: %v", approvals)
		}
		w.Clean()
	})
}

func TestWithdrawApproval(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.CloseCampaign()
		wantKind(t, w.Store.WithdrawApproval(w.Ctx(), w.District, w.Campaign.ID, survey.ApproveReopen), survey.NotFound)
		_, pending, err := w.Store.ReopenCampaign(w.Ctx(), w.District, w.Campaign.ID, w.Campaign.Closes, modeltest.Reason)
		w.Must(err)
		if !pending {
			t.Fatal("one person reopened")
		}
		w.Must(w.Store.WithdrawApproval(w.Ctx(), w.Colleague, w.Campaign.ID, survey.ApproveReopen))
		_, pending, err = w.Store.ReopenCampaign(w.Ctx(), w.Colleague, w.Campaign.ID, w.Campaign.Closes, modeltest.Reason)
		w.Must(err)
		if !pending {
			t.Error("a wish that was withdrawn was confirmed")
		}
	})
}

// With nothing undecided and nothing contested one person seals.
func TestSealAlone(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 12 {
			w.Saved(w.Answer(i).Rate(1 + i%5).Comment("好"))
		}
		_, _, err := w.Store.SealCampaign(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason, false)
		wantKind(t, err, survey.Conflict) // still open
		_, err = w.Store.Snapshot(w.Ctx(), survey.CityScope(), w.Campaign.ID)
		wantKind(t, err, survey.NotFound)
		w.CloseCampaign()
		_, _, err = w.Store.SealCampaign(w.Ctx(), w.District, w.Campaign.ID, "", false)
		wantKind(t, err, survey.Invalid)
		e := enrolment(w)
		c, pending, err := w.Store.SealCampaign(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason, false)
		w.Must(err)
		if pending || c.Stage != survey.SealedStage {
			t.Errorf("pending %t, %s", pending, c.Stage)
		}
		snapshot, sealed, err := w.Store.Sealed(w.Ctx(), w.District.Scope, w.Campaign.ID, w.Project.ID)
		w.Must(err)
		want := survey.Snapshot{
			Campaign: w.Campaign.ID, Number: 1, At: w.Clock.Now().UTC(), RulesVersion: survey.RulesVersion, Questionnaire: "2023.1",
			Admission: survey.ByRoom, Margins: survey.DefaultMargins(), Reason: modeltest.Reason,
		}
		if diff := cmp.Diff(want, snapshot); diff != "" {
			t.Errorf("snapshot (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(survey.SealEnrolment(c, e), sealed); diff != "" {
			t.Errorf("sealed (-want +got):\n%s", diff)
		}
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM campaigns WHERE secret IS NOT NULL"); n != 0 {
			t.Error("the campaign's key is still stored")
		}
		poster, err := w.Store.Poster(w.Ctx(), w.Poster.Code)
		w.Must(err)
		if poster.Key != nil || poster.Campaign.Stage != survey.SealedStage {
			t.Error("the poster still has the key")
		}
		_, _, err = w.Store.SealCampaign(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason, false)
		wantKind(t, err, survey.Conflict)
		_, _, err = w.Store.ReopenCampaign(w.Ctx(), w.District, w.Campaign.ID, w.Campaign.Closes.Add(time.Hour), modeltest.Reason)
		wantKind(t, err, survey.Conflict)
		w.Clean()
	})
}

// Held answers that nobody decided: named first, then listed as not counted
// by two persons.
func TestSealWithUndecided(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		neighbour := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
		for i := range 14 {
			w.Saved(w.AnswerAt(neighbour, i).Owner())
		}
		w.CloseCampaign()
		needs, err := w.Store.SealNeeds(w.Ctx(), w.District.Scope, w.Campaign.ID)
		w.Must(err)
		if needs != (survey.SealNeeds{Undecided: 2}) {
			t.Errorf("sealing needs %+v", needs)
		}
		_, _, err = w.Store.SealCampaign(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason, false)
		if e := wantKey(t, err, "error.campaign.undecided"); e.Args["Count"] != int64(2) {
			t.Errorf("without listing them: %v", e.Args)
		}
		_, _, err = w.Store.SealCampaign(w.Ctx(), w.District, w.Campaign.ID, "", true)
		wantKind(t, err, survey.Invalid) // what a second person confirms has a reason
		seal := func(a survey.Actor) (bool, error) {
			_, pending, err := w.Store.SealCampaign(w.Ctx(), a, w.Campaign.ID, modeltest.Reason, true)
			return pending, err
		}
		if pending, err := seal(w.District); err != nil || !pending {
			t.Fatalf("the first person: pending %t, %v", pending, err)
		}
		_, err = seal(w.District)
		wantKind(t, err, survey.Conflict)
		if pending, err := seal(w.Colleague); err != nil || pending {
			t.Fatalf("the second person: pending %t, %v", pending, err)
		}
		_, sealed, err := w.Store.Sealed(w.Ctx(), w.District.Scope, w.Campaign.ID, w.Neighbour.ID)
		w.Must(err)
		if sealed.Undecided != 2 || sealed.Claims != 14 {
			t.Errorf("sealed with undecided %d, claims %d", sealed.Undecided, sealed.Claims)
		}
		w.Clean()
	})
}

// A contested project wants a second person although nothing is held.
func TestSealContested(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 9 {
			w.Saved(w.Answer(i).Owner())
		}
		w.Save(w.Answer(1).Owner().Key("somebody-else-there"))
		w.CloseCampaign()
		needs, err := w.Store.SealNeeds(w.Ctx(), w.District.Scope, w.Campaign.ID)
		w.Must(err)
		if needs != (survey.SealNeeds{Contested: 1}) {
			t.Errorf("sealing needs %+v", needs)
		}
		_, pending, err := w.Store.SealCampaign(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason, false)
		if err != nil || !pending {
			t.Errorf("one person sealed a contested campaign: pending %t, %v", pending, err)
		}
	})
}

// The key that sealing deletes is nowhere in the files, not even in the space
// that it left (RULES §1).
func TestSealedKeyIsGone(t *testing.T) {
	w := modeltest.New(t)
	db := w.SQL()
	var key []byte
	w.Must(db.QueryRow("SELECT secret FROM campaigns").Scan(&key))
	inFiles := func() bool {
		t.Helper()
		for _, name := range []string{"meihao.db", "meihao.db-wal"} {
			file, err := os.ReadFile(filepath.Join(w.Dir, name))
			w.Must(err)
			if bytes.Contains(file, key) {
				return true
			}
		}
		return false
	}
	if len(key) == 0 || !inFiles() {
		t.Fatal("the key is not in the files while the campaign runs")
	}
	w.SealCampaign()
	if inFiles() {
		t.Error("the deleted key is still in the file, or in the log beside it")
	}
}

// Who asks to reopen without an end means the planned one, while it is ahead.
func TestReopenUntilThePlannedEnd(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		planned := w.Campaign.Closes
		w.CloseCampaign()
		_, pending, err := w.Store.ReopenCampaign(w.Ctx(), w.District, w.Campaign.ID, time.Time{}, modeltest.Reason)
		w.Must(err)
		c, confirmed, err := w.Store.ReopenCampaign(w.Ctx(), w.Colleague, w.Campaign.ID, time.Time{}, modeltest.Reason)
		w.Must(err)
		if !pending || confirmed || c.Stage != survey.OpenStage || !c.Closes.Equal(planned) {
			t.Errorf("pending %t, then %t; %s until %s, planned %s", pending, confirmed, c.Stage, c.Closes, planned)
		}
		w.CloseCampaign()
		w.Clock.Set(planned)
		_, _, err = w.Store.ReopenCampaign(w.Ctx(), w.District, w.Campaign.ID, time.Time{}, modeltest.Reason)
		wantKind(t, err, survey.Invalid)
	})
}
