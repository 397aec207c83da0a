package model_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// two opens a MariaDB world and a second instance beside it.
func two(t *testing.T) (*modeltest.World, *model.Store) {
	t.Helper()
	w := modeltest.NewOn(t, modeltest.MariaDB)
	return w, w.Again()
}

// Two instances that save at once, over the same projects in any order, store
// each home once, and neither ever hears of a deadlock.
func TestTwoInstancesSave(t *testing.T) {
	w, other := two(t)
	posters := []survey.Poster{w.Poster, w.PosterOf(w.Campaign, w.Project.Buildings[1]), w.PosterOf(w.Campaign, w.Neighbour.Buildings[0]), w.PosterOf(w.Campaign, w.Sibling.Buildings[0])}
	const homes, groups = 12, 40
	var mu sync.Mutex
	receipts := map[string]int{}
	var wait sync.WaitGroup
	for instance, store := range []*model.Store{w.Store, other, w.Store, other} {
		wait.Go(func() {
			for g := range groups {
				var group []survey.Submission
				for i := range 8 {
					n := g*8 + i
					p := posters[(n+instance)%len(posters)]
					if instance%2 == 1 {
						p = posters[len(posters)-1-(n+instance)%len(posters)]
					}
					group = append(group, w.AnswerAt(p, n/len(posters)%homes).Key(fmt.Sprintf("key-of-instance-%d-%d", instance, n)).Submission())
				}
				saved, err := store.SaveResponses(t.Context(), group)
				if err != nil {
					t.Errorf("instance %d: %v", instance, err)
					return
				}
				mu.Lock()
				for _, s := range saved {
					if s.Err == nil {
						receipts[s.Receipt]++
					} else if survey.KindOf(s.Err) != survey.AlreadyAnswered {
						t.Errorf("instance %d: %v", instance, s.Err)
					}
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if want := homes * len(posters); len(receipts) != want {
		t.Errorf("%d homes were acknowledged, want %d", len(receipts), want)
	}
	if n := number(t, w.SQL(), "SELECT COUNT(*) FROM responses"); int(n) != len(receipts) {
		t.Errorf("%d responses are stored, %d acknowledged", n, len(receipts))
	}
	w.Clean()
}

// Changes of two instances follow one another: the audit chain has no fork,
// and the last administrator stays whoever asks at the same moment.
func TestTwoInstancesChange(t *testing.T) {
	w, other := two(t)
	second, err := w.Store.AddAccount(t.Context(), w.Admin, survey.Account{
		Username: "admin2", Name: "二号", Role: survey.Administrator, Scope: survey.CityScope(), Language: "zh",
	}, "hash")
	w.Must(err)
	disable := func(a *survey.Account) error { a.Disabled = true; return nil }
	var results [2]error
	var wait sync.WaitGroup
	wait.Go(func() { _, results[0] = w.Store.ChangeAccount(t.Context(), w.Admin, w.Admin.Account, disable) })
	wait.Go(func() { _, results[1] = other.ChangeAccount(t.Context(), w.Admin, second.ID, disable) })
	for i := range 20 {
		store := []*model.Store{w.Store, other}[i%2]
		wait.Go(func() {
			if err := store.SignedIn(t.Context(), w.District.Account); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if (results[0] == nil) == (results[1] == nil) {
		t.Errorf("both administrators asked to go: %v, %v; want one refused", results[0], results[1])
	}
	for _, err := range results {
		if err != nil && survey.KindOf(err) != survey.Conflict {
			t.Error(err)
		}
	}
	w.Clean()
}

// A close on one instance lets nothing more in through the other, whatever
// that one remembers of the campaign.
func TestCloseHoldsEverywhere(t *testing.T) {
	w, other := two(t)
	if _, err := other.Poster(t.Context(), w.Poster.Code); err != nil { // remembered as open
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var wait sync.WaitGroup
	acknowledged := 0
	wait.Go(func() {
		for i := range 500 {
			select {
			case <-stop:
				return
			default:
			}
			saved, err := other.SaveResponses(t.Context(), []survey.Submission{w.Answer(i).Open(fmt.Sprintf("device-%d", i)).Submission()})
			if err != nil {
				t.Error(err)
				return
			}
			if saved[0].Err == nil {
				acknowledged++
			}
		}
	})
	time.Sleep(20 * time.Millisecond)
	w.CloseCampaign()
	before := number(t, w.SQL(), "SELECT COUNT(*) FROM responses")
	saved, err := other.SaveResponses(t.Context(), []survey.Submission{w.Answer(600).Submission()})
	w.Must(err)
	if survey.KindOf(saved[0].Err) != survey.Closed {
		t.Errorf("after closing: %v", saved[0].Err)
	}
	close(stop)
	wait.Wait()
	if after := number(t, w.SQL(), "SELECT COUNT(*) FROM responses"); after != before || int(after) != acknowledged {
		t.Errorf("%d stored at closing, %d later, %d acknowledged", before, after, acknowledged)
	}
	w.Clean()
}

// What one instance changes the other sees within two seconds, of the clock
// that both go by: a poster's campaign, a session, an account.
func TestInstancesSeeEachOther(t *testing.T) {
	w, other := two(t)
	before, err := other.Poster(t.Context(), w.Poster.Code)
	w.Must(err)
	w.CloseCampaign()
	w.Clock.Add(2 * time.Second)
	after, err := other.Poster(t.Context(), w.Poster.Code)
	w.Must(err)
	if before.Campaign.Stage != survey.OpenStage || after.Campaign.Stage != survey.ClosedStage {
		t.Errorf("the other instance saw %s and then %s", before.Campaign.Stage, after.Campaign.Stage)
	}
	names := func() string {
		t.Helper()
		list, err := other.Enrolments(t.Context(), w.City.Scope, w.Campaign.ID)
		w.Must(err)
		return list[0].Project.Phone
	}
	first, rows := names(), modeltest.Rows()
	for i := range rows {
		rows[i].Phone = "010-99999999"
	}
	_, err = w.Store.ImportProjects(t.Context(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true})
	w.Must(err)
	w.Clock.Add(2 * time.Second)
	if second := names(); first == second || second != "010-99999999" {
		t.Errorf("after an import at the one the other's standings say %s, before %s", second, first)
	}
	w.Must(w.Store.Sessions().CommitCtx(t.Context(), "token", []byte("data"), w.Clock.Now().Add(time.Hour)))
	if data, found, err := other.Sessions().FindCtx(t.Context(), "token"); err != nil || !found || string(data) != "data" {
		t.Errorf("a session of the one at the other: %q, %t, %v", data, found, err)
	}
	w.Must(other.Sessions().DeleteCtx(t.Context(), "token"))
	if _, found, err := w.Store.Sessions().FindCtx(t.Context(), "token"); err != nil || found {
		t.Errorf("a session ended at the other is there still: %t, %v", found, err)
	}
}

// A transaction that waits for another's lock too long is tried again and
// nobody hears of it.
func TestLockWaitIsTriedAgain(t *testing.T) {
	w, _ := two(t)
	tx, err := w.SQL().Begin()
	w.Must(err)
	if _, err := tx.Exec("SELECT tally FROM tallies FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	released := make(chan struct{})
	go func() {
		time.Sleep(5 * time.Second) // longer than a statement waits
		_ = tx.Rollback()
		close(released)
	}()
	saved := w.Save(w.Answer(1))
	if saved[0].Err != nil {
		t.Error(saved[0].Err)
	}
	select {
	case <-released:
	default:
		t.Error("saved while the tally was locked")
	}
	w.Clean()
}

// A server that goes away is an error at once, and the store works again when
// it is back, without being opened again.
func TestServerComesBack(t *testing.T) {
	w := modeltest.NewOn(t, modeltest.MariaDB)
	db := w.SQL()
	rows := texts(t, db, "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()")
	if len(rows) == 0 {
		t.Fatal("no connection to cut")
	}
	for _, id := range rows {
		if _, err := db.Exec("KILL " + id); err != nil {
			t.Log(err) // it ended by itself
		}
	}
	w.Saved(w.Answer(1))
	w.Clean()
}

// A save that a deadlock ends while it asks about single slots begins anew:
// nothing of it was stored, least of all a claim without its response.
func TestDeadlockAmongClaimsLeavesNone(t *testing.T) {
	w := modeltest.NewOn(t, modeltest.MariaDB)
	group := make([]survey.Submission, 4)
	for i := range group {
		group[i] = w.Answer(i).Submission()
	}
	w.Saved(w.Answer(0)) // so that the group meets a taken slot and halves itself
	tx, err := w.SQL().Begin()
	w.Must(err)
	for i := range 400 { // much to undo: the other transaction is the one to go
		_, err := tx.Exec("INSERT INTO sessions (token, data, expires) VALUES (?, 'x', 1)", fmt.Sprintf("token-%d", i))
		w.Must(err)
	}
	_, err = tx.Exec("INSERT INTO claims (campaign, project, claim, base, refused) VALUES (?, ?, ?, 1, 0)",
		int64(group[2].Campaign), int64(group[2].Project), group[2].Claim[:])
	w.Must(err)
	var saved []survey.Saved
	var wait sync.WaitGroup
	wait.Go(func() { saved, err = w.Store.SaveResponses(t.Context(), group) })
	time.Sleep(300 * time.Millisecond) // it waits for the claim, and has the tally
	if _, err := tx.Exec("SELECT tally FROM tallies WHERE campaign = ? AND project = ? FOR UPDATE",
		int64(group[2].Campaign), int64(group[2].Project)); err != nil {
		t.Log("the other one went:", err)
	}
	w.Must(tx.Rollback())
	wait.Wait()
	w.Must(err)
	for i, s := range saved {
		if s.Err != nil || s.Retry != (i == 0) {
			t.Errorf("answer %d: %+v", i, s)
		}
	}
	w.Clean()
}
