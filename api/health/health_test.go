package health_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"meihao/api/health"
	"meihao/survey"
)

var errGone = errors.New("the database of user:secret is gone")

// store is a database that can be gone, slow or out of space.
type store struct {
	err   error
	takes time.Duration
	deaf  bool // does not hear that it should end
	free  uint64
	size  uint64
	asked atomic.Int64
}

func (s *store) Ping(ctx context.Context) error {
	s.asked.Add(1)
	if s.deaf {
		ctx = context.Background()
	}
	select {
	case <-time.After(s.takes):
		return s.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *store) disk() (free, size uint64, err error) { return s.free, s.size, nil }

func (s *store) SaveResponses(context.Context, []survey.Submission) ([]survey.Saved, error) {
	return nil, s.err
}

// large is a store with room, on a disk of 100 GiB.
func large() *store { return &store{free: 50 << 30, size: 100 << 30} }

func (s *store) health(log *slog.Logger) *health.Health {
	return health.New(health.Options{Database: s.Ping, Disk: s.disk, Log: log})
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestReadySaysWhetherAnswersCanBeSaved(t *testing.T) {
	const mib = 1 << 20
	for name, c := range map[string]struct {
		store *store
		want  error
		takes time.Duration
	}{
		"well":                  {large(), nil, 0},
		"slow but well":         {&store{takes: time.Second, free: 1 << 40, size: 1 << 41}, nil, time.Second},
		"gone":                  {&store{err: errGone, free: 1 << 40, size: 1 << 41}, health.Database, 0},
		"no turn to write":      {&store{takes: time.Hour, free: 1 << 40, size: 1 << 41}, health.Database, health.Limit},
		"hangs for good":        {&store{takes: 9 * time.Second, deaf: true, free: 1 << 40, size: 1 << 41}, health.Database, health.Limit},
		"full":                  {&store{free: health.Floor - 1, size: 1 << 40}, health.Disk, 0},
		"nearly full":           {&store{free: health.Floor, size: 1 << 40}, nil, 0},
		"small disk":            {&store{free: 20 * mib, size: 200 * mib}, nil, 0},
		"small disk, full":      {&store{free: 9 * mib, size: 200 * mib}, health.Disk, 0},
		"full and gone as well": {&store{err: errGone, size: 1 << 40}, health.Disk, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				if err := c.store.health(quiet()).Ready(t.Context()); !errors.Is(err, c.want) {
					t.Errorf("got %v, want %v", err, c.want)
				}
				if took := time.Since(began); took != c.takes {
					t.Errorf("it took %v, want %v", took, c.takes)
				}
				time.Sleep(time.Minute) // what hangs ends before the test does
			})
		})
	}
}

// The disk of this machine says nothing about a database elsewhere, nor does
// one that cannot be told.
func TestUnknownDiskIsNotFull(t *testing.T) {
	well := large()
	for _, disk := range []func() (uint64, uint64, error){nil, func() (uint64, uint64, error) { return 0, 0, errors.ErrUnsupported }} {
		if err := health.New(health.Options{Database: well.Ping, Disk: disk, Log: quiet()}).Ready(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// Any number of health checks cost the database one look a second.
func TestLooksAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := large()
		s.takes = 100 * time.Millisecond
		h := s.health(quiet())
		crowd := func() {
			var wg sync.WaitGroup
			for range 1000 {
				wg.Go(func() {
					if err := h.Ready(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		crowd()
		time.Sleep(900 * time.Millisecond)
		crowd()
		if n := s.asked.Load(); n != 1 {
			t.Errorf("2000 checks within a second: the database was asked %d times", n)
		}
		time.Sleep(200 * time.Millisecond)
		s.err = errGone
		if err := h.Ready(t.Context()); !errors.Is(err, health.Database) || s.asked.Load() != 2 {
			t.Errorf("after a second the answer is still %v, asked %d times", err, s.asked.Load())
		}
	})
}

// A database that hangs is not asked again and again: one look waits for it,
// and everybody else is told at once.
func TestHangingLookStaysAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := large()
		s.takes, s.deaf = time.Minute, true
		h := s.health(quiet())
		_ = h.Ready(t.Context())
		began := time.Now()
		for range 10 {
			if err := h.Ready(t.Context()); !errors.Is(err, health.Database) {
				t.Errorf("a hanging database is %v", err)
			}
		}
		if took := time.Since(began); took != 0 || s.asked.Load() != 1 {
			t.Errorf("ten more checks took %v and asked %d times", took, s.asked.Load())
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		s.takes = 0
		if err := h.Ready(t.Context()); err != nil {
			t.Errorf("the database is back, and yet: %v", err)
		}
	})
}

// Who asks first and leaves does not spoil the answer for the others.
func TestLeavingAskerSpoilsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := large()
		s.takes = time.Second
		h := s.health(quiet())
		impatient, leave := context.WithTimeout(t.Context(), time.Millisecond)
		defer leave()
		go func() { _ = h.Ready(impatient) }()
		time.Sleep(10 * time.Millisecond)
		if err := h.Ready(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestStoppingIsNotReadyAtOnce(t *testing.T) {
	s := large()
	h := s.health(quiet())
	if err := h.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Leave()
	if err := h.Ready(t.Context()); !errors.Is(err, health.Stopping) {
		t.Errorf("a server that stops is %v", err)
	}
}

// A database can begin changes and keep none. That is seen where answers are
// saved, and one success, or a pause, ends it.
func TestFailingToSaveIsNotReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := large()
		h := s.health(quiet())
		saving := h.Store(s)
		try := func(err error, times int) {
			s.err = err
			for range times {
				if _, got := saving.SaveResponses(t.Context(), nil); !errors.Is(got, err) {
					t.Errorf("the store said %v, it became %v", err, got)
				}
			}
			s.err = nil
		}
		say := func(when string, want error) {
			t.Helper()
			if err := h.Ready(t.Context()); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", when, err, want)
			}
		}
		try(errGone, 2)
		say("two failures, it may have been the submission", nil)
		try(nil, 1)
		try(errGone, 2)
		say("not in a row", nil)
		try(errGone, 1)
		say("three in a row", health.Saving)
		time.Sleep(9 * time.Second)
		say("still", health.Saving)
		time.Sleep(time.Second)
		say("one more attempt is worth it", nil)
		try(errGone, 1)
		say("which failed", health.Saving)
		try(nil, 1)
		say("which went well", nil)
	})
}

// What lies behind a reason is logged when it changes, and told to nobody.
func TestChangesAreLoggedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := large()
		h := s.health(slog.New(slog.NewTextHandler(&log, nil)))
		for _, err := range []error{nil, nil, errGone, errGone, errGone, nil, nil} {
			s.err = err
			if told := h.Ready(t.Context()); told != nil && strings.Contains(told.Error(), "secret") {
				t.Errorf("strangers are told %v", told)
			}
			time.Sleep(2 * time.Second)
		}
		if text := log.String(); strings.Count(text, "not ready") != 1 || strings.Count(text, "ready again") != 1 || !strings.Contains(text, "is gone") {
			t.Errorf("the log:\n%s", text)
		}
	})
}
