package intake_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"meihao/survey"
	"meihao/survey/intake"
)

// slowStore takes a second for each group and remembers their sizes; it
// fails a group that holds a broken submission.
type slowStore struct {
	mu     sync.Mutex
	groups []int
	saved  []string
}

var errBroken = errors.New("broken submission")

func (s *slowStore) SaveResponses(_ context.Context, list []survey.Submission) ([]survey.Saved, error) {
	time.Sleep(time.Second)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups = append(s.groups, len(list))
	out := make([]survey.Saved, len(list))
	for i, one := range list {
		if one.Receipt == "broken" {
			return nil, errBroken
		}
		out[i] = survey.Saved{Receipt: one.Receipt}
	}
	for _, one := range list {
		s.saved = append(s.saved, one.Receipt)
	}
	return out, nil
}

func TestDeskSavesWhatIsWaitingTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slowStore{}
		desk := intake.NewDesk(store, intake.Options{Queue: 100, Group: 8})
		var wg sync.WaitGroup
		start := time.Now()
		for i := range 20 {
			wg.Go(func() {
				receipt := strconv.Itoa(i)
				if saved := desk.Submit(t.Context(), survey.Submission{Receipt: receipt}); saved.Err != nil || saved.Receipt != receipt {
					t.Errorf("submission %s got %+v", receipt, saved)
				}
			})
		}
		wg.Wait()
		if err := desk.Close(t.Context()); err != nil {
			t.Error(err)
		}
		if len(store.saved) != 20 || slices.Max(store.groups) > 8 || len(store.groups) > 4 {
			t.Errorf("groups %v", store.groups)
		}
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("20 submissions took %v", took)
		}
	})
}

func TestAcknowledgedOnlyAfterTheCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := intake.NewDesk(&slowStore{}, intake.DefaultOptions())
		start := time.Now()
		desk.Submit(t.Context(), survey.Submission{Receipt: "a"})
		if took := time.Since(start); took < time.Second {
			t.Errorf("answered after %v, before the store had committed", took)
		}
		_ = desk.Close(t.Context())
	})
}

func TestFullQueueIsBusyAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := intake.NewDesk(&slowStore{}, intake.Options{Queue: 2, Group: 1})
		var wg sync.WaitGroup
		for range 3 { // one at the store, two waiting
			wg.Go(func() { desk.Submit(t.Context(), survey.Submission{}) })
			synctest.Wait()
		}
		if waiting, capacity := desk.Waiting(); waiting != 2 || capacity != 2 {
			t.Errorf("a full desk says %d of %d are waiting", waiting, capacity)
		}
		start := time.Now()
		if saved := desk.Submit(t.Context(), survey.Submission{}); survey.KindOf(saved.Err) != survey.Busy || time.Since(start) != 0 {
			t.Errorf("a full desk answered %v after %v", saved.Err, time.Since(start))
		}
		wg.Wait()
		if waiting, _ := desk.Waiting(); waiting != 0 {
			t.Errorf("everything is saved and %d are waiting", waiting)
		}
		_ = desk.Close(t.Context())
	})
}

func TestOneBrokenSubmissionCostsItsNeighboursNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slowStore{}
		desk := intake.NewDesk(store, intake.Options{Queue: 100, Group: 100})
		var wg sync.WaitGroup
		wg.Go(func() { desk.Submit(t.Context(), survey.Submission{Receipt: "first"}) })
		synctest.Wait()
		for _, receipt := range []string{"a", "broken", "b"} {
			wg.Go(func() {
				saved := desk.Submit(t.Context(), survey.Submission{Receipt: receipt})
				if (saved.Err != nil) != (receipt == "broken") || saved.Err != nil && survey.KindOf(saved.Err) != survey.Busy {
					t.Errorf("%s got %+v", receipt, saved)
				}
			})
		}
		wg.Wait()
		if len(store.saved) != 3 {
			t.Errorf("saved %v", store.saved)
		}
		_ = desk.Close(t.Context())
	})
}

func TestCloseDrainsAndThenRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slowStore{}
		desk := intake.NewDesk(store, intake.Options{Queue: 100, Group: 2})
		var wg sync.WaitGroup
		for range 7 {
			wg.Go(func() {
				if saved := desk.Submit(t.Context(), survey.Submission{}); saved.Err != nil {
					t.Error(saved.Err)
				}
			})
		}
		synctest.Wait()
		if err := desk.Close(t.Context()); err != nil || len(store.saved) != 7 {
			t.Errorf("closed with %v after %d of 7", err, len(store.saved))
		}
		if saved := desk.Submit(t.Context(), survey.Submission{}); survey.KindOf(saved.Err) != survey.Busy {
			t.Errorf("a closed desk answered %+v", saved)
		}
		wg.Wait()
	})
}

func TestWhoWaitsNoLongerIsSavedAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slowStore{}
		desk := intake.NewDesk(store, intake.DefaultOptions())
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if saved := desk.Submit(ctx, survey.Submission{Receipt: "gone"}); survey.KindOf(saved.Err) != survey.Busy {
			t.Errorf("got %+v", saved)
		}
		if err := desk.Close(context.WithoutCancel(ctx)); err != nil || len(store.saved) != 1 {
			t.Errorf("%v, saved %v", err, store.saved)
		}
	})
}

// deadStore fails every group after a second, like a database that is gone.
type deadStore struct{ tries int }

func (s *deadStore) SaveResponses(context.Context, []survey.Submission) ([]survey.Saved, error) {
	time.Sleep(time.Second)
	s.tries++
	return nil, errBroken
}

// A store that is gone is Busy for everybody soon, not after a wait for each.
func TestDeadStoreIsBusySoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &deadStore{}
		faults := 0
		desk := intake.NewDesk(store, intake.Options{Queue: 500, Group: 256, Fault: func(int, error) { faults++ }})
		start := time.Now()
		var wg sync.WaitGroup
		for range 200 {
			wg.Go(func() {
				if saved := desk.Submit(t.Context(), survey.Submission{}); survey.KindOf(saved.Err) != survey.Busy {
					t.Errorf("got %+v", saved)
				}
			})
		}
		wg.Wait()
		_ = desk.Close(t.Context())
		if took := time.Since(start); took > 8*time.Second || faults == 0 {
			t.Errorf("200 submissions waited %v over %d tries; %d faults were told", took, store.tries, faults)
		}
	})
}
